import { createHash } from 'node:crypto';
import type { EventToAppend } from '@tollgate/ports';

const VARIANTS = '89ab';

/**
 * EventStoreDB takes an append twice without harm when the UUIDs are the same, and looks at nothing
 * else. So each UUID stands for the whole append, bytes and place: were it drawn from the event's
 * id alone, a writer that was replaced could decide the same commands in another grouping, be told
 * that its append is there, and go on from a hash link that the stream does not hold. One hash an
 * append; version 8, as RFC 9562 has it for one's own schemes, with the event's index at the end.
 */
export function eventUuids(
  stream: string,
  expectedRevision: number,
  events: readonly EventToAppend[],
): string[] {
  const hash = createHash('sha256').update(`${stream}/${expectedRevision}`);
  for (const { id, type, data, metadata } of events) {
    hash.update(JSON.stringify([id, type]));
    hash.update(data);
    hash.update(metadata);
  }
  const start = startOf(hash.digest('hex'));
  return events.map((_, index) => start + index.toString(16).padStart(4, '0'));
}

/** All of a UUID but its last 16 bits. */
function startOf(hex: string): string {
  const variant = VARIANTS.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return (
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-` +
    `${variant}${hex.slice(17, 20)}-${hex.slice(20, 28)}`
  );
}
