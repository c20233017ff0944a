import { hash } from 'node:crypto';

const VARIANTS = '89ab';

/**
 * EventStoreDB knows an event by a UUID, and takes an append twice without harm when the UUIDs are
 * the same. So the UUID (version 8, as RFC 9562 has it for one's own schemes) is drawn from the
 * SHA-256 of the stream and the id, which is unique in its stream only.
 */
export function eventUuid(stream: string, id: string): string {
  const hex = hash('sha256', `${stream}/${id}`);
  const variant = VARIANTS.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return (
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-` +
    `${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  );
}
