import { decodeEvent, isMessageStream } from '@tollgate/contracts';
import type { RecordedEvent } from '@tollgate/ports';
import { causeIn, type Cause } from './caused-by';
import type { ChargedRef } from './ordered-message';

/** A message whose charge goes back. */
export interface FailedMessage {
  readonly ref: ChargedRef;
  readonly errorCode: string;
  readonly cause: Cause;
}

/**
 * Undefined for any event that ends no message in failure, and for a failure that names no charge:
 * whoever has the order refunds that one.
 */
export function failedMessageIn(recorded: RecordedEvent): FailedMessage | undefined {
  if (recorded.type !== 'MessageFailed' || !isMessageStream(recorded.stream)) return undefined;
  const { event, metadata } = decodeEvent(recorded);
  if (event.type !== 'MessageFailed') return undefined;
  const { errorCode, errorMessage: _text, chargeId, ...ref } = event.data;
  if (chargeId === undefined) return undefined;
  return { ref: { ...ref, chargeId }, errorCode, cause: causeIn(metadata) };
}
