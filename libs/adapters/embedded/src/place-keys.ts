import type { Place } from '@tollgate/ports';

/** Ends the name of an index; no name has it. */
const SEPARATOR = '\0';
/** Above every byte of a text. */
const TOP = Buffer.of(0xff);

/** Places of one index, from the highest to the lowest, as LMDB wants to be asked for them. */
export interface PlaceRange {
  readonly start: Buffer;
  readonly end: Buffer;
  readonly reverse: true;
  readonly exclusiveStart: true;
  readonly inclusiveEnd: true;
}

/** A place as one text. */
export const placeText = ({ index, sortKey }: Place): string => index + SEPARATOR + sortKey;

/**
 * Keys are plain bytes, so that they sort as their texts do, whatever characters these have. The
 * keys that the binding makes of lists of texts don't once a text has 64 characters or more.
 */
export const placeKey = (text: string): Buffer => Buffer.from(text);

export function sortKeyOf(key: Buffer): string {
  return key.toString('utf8', key.indexOf(0) + 1);
}

/** Places below `before`, from the top when absent, whose sort key begins with `prefix`. */
export function rangeBelow(index: string, before: string | undefined, prefix: string): PlaceRange {
  const end = placeKey(placeText({ index, sortKey: prefix }));
  const top = Buffer.concat([end, TOP]);
  const asked = before === undefined ? top : placeKey(placeText({ index, sortKey: before }));
  const start = Buffer.compare(asked, top) < 0 ? asked : top;
  return { start, end, reverse: true, exclusiveStart: true, inclusiveEnd: true };
}
