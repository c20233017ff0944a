import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type EventToAppend } from '@tollgate/ports';

/** A UTF-16 unit becomes at most three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;

/** What one append may hold: events, and bytes of their data and metadata. */
export interface AppendLimits {
  readonly events: number;
  readonly bytes: number;
}

const PORT_LIMITS: AppendLimits = { events: APPEND_EVENTS_MAX, bytes: APPEND_BYTES_MAX };

/**
 * Stops appends that a log does not take.
 * @param limits those of the port, unless a log has wider ones.
 * @throws RangeError without events, or over a limit.
 */
export function assertAppendable(
  stream: string,
  events: readonly EventToAppend[],
  limits: AppendLimits = PORT_LIMITS,
): void {
  const { length } = events;
  if (length === 0) throw new RangeError(`append to ${stream} has no events`);
  if (length > limits.events) {
    throw new RangeError(`append to ${stream} has ${length} events, max ${limits.events}`);
  }
  let units = 0;
  for (const event of events) units += event.data.length + event.metadata.length;
  if (units * BYTES_PER_UNIT_MAX <= limits.bytes) return;
  const bytes = jsonBytes(events);
  if (bytes > limits.bytes) {
    throw new RangeError(`append to ${stream} has ${bytes} bytes, max ${limits.bytes}`);
  }
}

function jsonBytes(events: readonly EventToAppend[]): number {
  let bytes = 0;
  for (const event of events) {
    bytes += Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
  }
  return bytes;
}
