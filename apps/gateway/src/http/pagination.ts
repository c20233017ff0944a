import { invalidRequest } from '@tollgate/contracts';
import type { ReadModelReader, Row } from '@tollgate/ports';
import { IntegerField, TextField } from './fields';
import { EmptyIsAbsent, NumberInQuery } from './query-fields';

export const PAGE_SIZE = 50;
export const PAGE_SIZE_MAX = 100;
const CURSOR_MAX = 200;
/**
 * A page that has something ends after so many rows on end that did not match. One that has nothing
 * goes on: an empty page would end the list for the official client.
 */
const UNMATCHED_ROWS_MAX = 2_000;

/** What an index is sorted by: a place in the log, or the ids of its rows. */
export const BY_PLACE = /^\d{16}$/;
export const BY_ID = /^\w{1,64}$/;

export class PageQuery {
  @NumberInQuery()
  @IntegerField({ min: 1, max: PAGE_SIZE_MAX, optional: true, description: 'Default 50.' })
  limit?: number;

  @EmptyIsAbsent()
  @TextField({ max: CURSOR_MAX, optional: true, description: '`nextCursor` of the page before.' })
  cursor?: string;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface Listing<Item> {
  readonly index: string;
  /** @default BY_PLACE */
  readonly sortedBy?: RegExp;
  readonly query: PageQuery;
  readonly view: (row: Row) => Item | Promise<Item>;
  readonly matches?: (row: Row) => boolean | Promise<boolean>;
}

/** A row that a list comes by, whether it is one of those that are asked for or not. */
export interface Passed {
  /** The next page may begin behind it. */
  readonly place: string;
  readonly row: Row;
  readonly matches: boolean;
}

export interface FilledPage {
  readonly rows: readonly Row[];
  /** Null for the last page. */
  readonly nextCursor: string | null;
}

/** One page of an index, newest first; pages are filled when a filter leaves rows out. */
export async function listPage<Item>(
  readModels: ReadModelReader,
  { index, sortedBy = BY_PLACE, query, view, matches = () => true }: Listing<Item>,
): Promise<Listed<Item>> {
  const { cursor, limit } = query;
  const before = cursor === undefined ? undefined : decodeCursor(cursor, sortedBy);
  const passed = rowsBelow(readModels, index, before, matches);
  const { rows, nextCursor } = await fillPage(passed, limit);
  return { items: await Promise.all(rows.map((row) => view(row))), nextCursor };
}

/** Goes on until the page is full. */
export async function fillPage(
  passed: AsyncIterable<Passed>,
  limit: number = PAGE_SIZE,
): Promise<FilledPage> {
  const rows: Row[] = [];
  let unmatched = 0;
  let last = '';
  for await (const { place, row, matches } of passed) {
    if (matches) {
      // One more match than the page takes says that there is a next page, and that it isn't empty.
      if (rows.length === limit) return { rows, nextCursor: encodeCursor(last) };
      rows.push(row);
      last = place;
      unmatched = 0;
    } else {
      unmatched += 1;
      const isLong = unmatched >= UNMATCHED_ROWS_MAX && rows.length > 0;
      if (isLong) return { rows, nextCursor: encodeCursor(place) };
    }
  }
  return { rows, nextCursor: null };
}

async function* rowsBelow(
  readModels: ReadModelReader,
  index: string,
  start: string | undefined,
  matches: (row: Row) => boolean | Promise<boolean>,
): AsyncIterable<Passed> {
  let before = start;
  for (;;) {
    const from = before === undefined ? {} : { before };
    const page = await readModels.list(index, { limit: PAGE_SIZE_MAX, ...from });
    for (const { sortKey, row } of page.items) {
      yield { place: sortKey, row, matches: await matches(row) };
    }
    before = page.items[page.items.length - 1]?.sortKey;
    if (!page.hasMore || before === undefined) return;
  }
}

export function encodeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** @throws ApiError invalid_request for what no list of this kind has answered. */
export function decodeCursor(cursor: string, form: RegExp): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (form.test(place)) return place;
  throw invalidRequest([{ path: ['cursor'], message: 'must be a nextCursor of this list' }]);
}
