import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type EventToAppend } from '@tollgate/ports';

/** A UTF-16 unit becomes at most three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;

/**
 * Stops appends that no log takes.
 * @throws RangeError without events, over APPEND_EVENTS_MAX, or over APPEND_BYTES_MAX of JSON.
 */
export function assertAppendable(stream: string, events: readonly EventToAppend[]): void {
  const { length } = events;
  if (length === 0) throw new RangeError(`append to ${stream} has no events`);
  if (length > APPEND_EVENTS_MAX) {
    throw new RangeError(`append to ${stream} has ${length} events, max ${APPEND_EVENTS_MAX}`);
  }
  let units = 0;
  for (const event of events) units += event.data.length + event.metadata.length;
  if (units * BYTES_PER_UNIT_MAX <= APPEND_BYTES_MAX) return;
  const bytes = jsonBytes(events);
  if (bytes > APPEND_BYTES_MAX) {
    throw new RangeError(`append to ${stream} has ${bytes} bytes, max ${APPEND_BYTES_MAX}`);
  }
}

function jsonBytes(events: readonly EventToAppend[]): number {
  let bytes = 0;
  for (const event of events) {
    bytes += Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
  }
  return bytes;
}
