import { invalidRequest } from '@tollgate/contracts';
import type { Page, ReadModelReader, Row } from '@tollgate/ports';
import { EmptyIsAbsent, IntegerField, NumberInQuery, TextField } from './fields';

export const PAGE_SIZE = 50;
export const PAGE_SIZE_MAX = 100;
const CURSOR_MAX = 200;
const SORT_KEY = /^\d{16}$/;

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
  readonly query: PageQuery;
  readonly view: (row: Row) => Item;
  readonly matches?: (row: Row) => boolean;
}

/** One page of an index, newest first; pages are filled when a filter leaves rows out. */
export async function listPage<Item>(
  readModels: ReadModelReader,
  { index, query, view, matches = () => true }: Listing<Item>,
): Promise<Listed<Item>> {
  const { limit = PAGE_SIZE, cursor } = query;
  const items: Item[] = [];
  let last: string | undefined;
  for await (const { sortKey, row } of rowsBelow(readModels, index, cursor)) {
    if (!matches(row)) continue;
    // One more match than the page takes says that there is a next page, and that it isn't empty.
    if (items.length === limit) return { items, nextCursor: encodeCursor(last!) };
    items.push(view(row));
    last = sortKey;
  }
  return { items, nextCursor: null };
}

async function* rowsBelow(
  readModels: ReadModelReader,
  index: string,
  cursor: string | undefined,
): AsyncIterable<Page['items'][number]> {
  let before = cursor === undefined ? undefined : decodeCursor(cursor);
  for (;;) {
    const from = before === undefined ? {} : { before };
    const page = await readModels.list(index, { limit: PAGE_SIZE_MAX, ...from });
    yield* page.items;
    before = page.items[page.items.length - 1]?.sortKey;
    if (!page.hasMore || before === undefined) return;
  }
}

function encodeCursor(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}

function decodeCursor(cursor: string): string {
  const sortKey = Buffer.from(cursor, 'base64url').toString();
  if (SORT_KEY.test(sortKey)) return sortKey;
  throw invalidRequest([{ path: ['cursor'], message: 'must be a nextCursor of this list' }]);
}
