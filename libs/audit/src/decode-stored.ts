import { decodeEvent, isMessageStream, type DecodedEvent } from '@tollgate/contracts';
import type { MessageEvent } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';

const messageEventTypes: Readonly<Record<MessageEvent['type'], true>> = {
  MessageSent: true,
  MessageDelivered: true,
  MessageFailed: true,
};

/**
 * Decodes what is stored, never what a reader kept beside it: an audit is about the bytes.
 * @throws SyntaxError | TypeError when they are not an event.
 * @throws RangeError for a type or a version that is not known, or not in such a stream.
 */
export function decodeStored({ stream, type, data, metadata }: RecordedEvent): DecodedEvent {
  if (Object.hasOwn(messageEventTypes, type) !== isMessageStream(stream)) {
    throw new RangeError('no event of such a stream');
  }
  const decoded = decodeEvent({ type, data, metadata });
  if (typeof decoded.event.data !== 'object' || decoded.event.data === null) {
    throw new TypeError('the data is not an object');
  }
  return decoded;
}

export const problemOf = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault);
