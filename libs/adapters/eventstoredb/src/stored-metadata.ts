import type { EventToAppend } from '@tollgate/ports';

const WITH_ID = /^\{"eventId":("(?:[^"\\]|\\.)*")(,?)/;

/**
 * The metadata with the event's id put before everything else; text joined to text, so that what
 * was there stays as it is, to the byte.
 * @throws RangeError when the metadata is not a JSON object without blanks at its start.
 */
export function withEventId({ id, metadata }: EventToAppend): string {
  if (metadata === '{}') return `{"eventId":${JSON.stringify(id)}}`;
  if (!metadata.startsWith('{"')) throw new RangeError('metadata is not a compact JSON object');
  return `{"eventId":${JSON.stringify(id)},${metadata.slice(1)}`;
}

export interface IdAndMetadata {
  readonly id: string;
  readonly metadata: string;
}

/** Takes apart what {@link withEventId} joined; undefined for an event that others wrote. */
export function withoutEventId(stored: string): IdAndMetadata | undefined {
  const match = WITH_ID.exec(stored);
  if (match === null) return undefined;
  return { id: JSON.parse(match[1]!) as string, metadata: `{${stored.slice(match[0].length)}` };
}
