import { commandIdOf } from '@tollgate/contracts';
import type { EventMetadata } from '@tollgate/domain';
import type { DeliveryPorts } from './ports';

/** What everything that becomes of a message says of where it comes from. */
export type Cause = Pick<EventMetadata, 'causationId' | 'correlationId' | 'traceparent'>;

/** @param charge metadata of the charge that ordered the message. */
export function causedByCharge(charge: EventMetadata): Cause {
  const { commandId: causationId, correlationId, traceparent } = charge;
  return { causationId, correlationId, traceparent };
}

/** The cause as an event of the message's stream repeats it. */
export function causeIn({ causationId, correlationId, traceparent }: EventMetadata): Cause {
  return { causationId, correlationId, traceparent };
}

/** The same step of the same message always has the same id, whoever takes it and however often. */
export function stepIdOf(
  step: string,
  messageId: string,
  { digest }: Pick<DeliveryPorts, 'digest'>,
): string {
  return commandIdOf(`${step}:${messageId}`, (text) => digest.sha256(text));
}
