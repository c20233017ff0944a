import { commandIdOf } from '@tollgate/contracts';
import type { OrderedMessage } from './ordered-message';
import type { DeliveryPorts } from './ports';

interface Origin {
  readonly commandId: string;
  readonly at: number;
  readonly causationId: string;
  readonly correlationId?: string;
  readonly traceparent?: string;
}

/**
 * Where a change that a message led to comes from. The same step of the same message always has
 * the same id, whoever takes it and however often.
 */
export function causedBy(
  message: OrderedMessage,
  step: string,
  { digest, clock }: Pick<DeliveryPorts, 'digest' | 'clock'>,
): Origin {
  const { commandId, correlationId, traceparent } = message.metadata;
  return {
    commandId: commandIdOf(`${step}:${message.item.id}`, (text) => digest.sha256(text)),
    at: clock.now(),
    causationId: commandId,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
