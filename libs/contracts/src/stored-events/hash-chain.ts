/*
 * Every stream is a hash chain whose links are appends. The last event of an append carries, as
 * the last field of its metadata, the SHA-256 of the previous link and of the append's events:
 *
 *   link = base64url(sha256(previous link, then for each event "\n" type "\n" data "\n" metadata))
 *
 * with data and metadata as stored, and the last metadata as it was before the link was added.
 * JSON never holds a bare line feed, so the parts can't run into each other. The first append of a
 * stream follows the stream's own name in place of a link.
 */

export interface ChainedEvent {
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export type Sha256 = (text: string) => string;

const LINK = /,"link":"([\w-]{43})"\}$/;

/** What the first append of a stream follows. */
export const chainStart = (stream: string): string => stream;

export function linkOf(previous: string, events: readonly ChainedEvent[], sha256: Sha256): string {
  let text = previous;
  for (const event of events) text += `\n${event.type}\n${event.data}\n${event.metadata}`;
  return sha256(text);
}

/** The metadata of an append's last event, with the append's link. */
export function withLink(metadata: string, link: string): string {
  return `${metadata.slice(0, -1)},"link":"${link}"}`;
}

/** Undefined for an event that does not close an append. */
export function linkIn(metadata: string): string | undefined {
  return metadata.endsWith('"}') ? LINK.exec(metadata)?.[1] : undefined;
}

export function withoutLink(metadata: string): string {
  return metadata.replace(LINK, '}');
}
