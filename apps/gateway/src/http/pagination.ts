import { invalidRequest } from '@tollgate/contracts';
import type { Page, ReadModelReader, Row } from '@tollgate/ports';
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

/** One page of an index, newest first; pages are filled when a filter leaves rows out. */
export async function listPage<Item>(
  readModels: ReadModelReader,
  listing: Listing<Item>,
): Promise<Listed<Item>> {
  const { view } = listing;
  const { rows, last } = await rowsOfPage(readModels, listing);
  const items = await Promise.all(rows.map((row) => view(row)));
  return { items, nextCursor: last === undefined ? null : encodeCursor(last) };
}

/** The rows of a page, and the sort key that the next one begins below; none for the last page. */
async function rowsOfPage(
  readModels: ReadModelReader,
  { index, sortedBy = BY_PLACE, query, matches = () => true }: Listing<unknown>,
): Promise<{ readonly rows: readonly Row[]; readonly last?: string }> {
  const { limit = PAGE_SIZE, cursor } = query;
  const before = cursor === undefined ? undefined : decodeCursor(cursor, sortedBy);
  const rows: Row[] = [];
  let unmatched = 0;
  let last = '';
  for await (const { sortKey, row } of rowsBelow(readModels, index, before)) {
    if (await matches(row)) {
      // One more match than the page takes says that there is a next page, and that it isn't empty.
      if (rows.length === limit) return { rows, last };
      rows.push(row);
      last = sortKey;
      unmatched = 0;
    } else {
      unmatched += 1;
      if (unmatched >= UNMATCHED_ROWS_MAX && rows.length > 0) return { rows, last: sortKey };
    }
  }
  return { rows };
}

async function* rowsBelow(
  readModels: ReadModelReader,
  index: string,
  start: string | undefined,
): AsyncIterable<Page['items'][number]> {
  let before = start;
  for (;;) {
    const from = before === undefined ? {} : { before };
    const page = await readModels.list(index, { limit: PAGE_SIZE_MAX, ...from });
    yield* page.items;
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
