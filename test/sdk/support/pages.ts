import type { APIPromise } from '@zavudev/sdk';
import { pageOf } from './checks';
import { expectShape, type Check } from './shape';

interface Page<Item> {
  readonly items: Item[];
  iterPages(): AsyncIterable<{ readonly items: Item[] }>;
}

/** All pages of a list as the client turns them, each item as its shape says; none is empty. */
export async function pagesOf<Item>(
  listing: Promise<Page<Item>>,
  shape: Check<Item>,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  for await (const { items } of (await listing).iterPages()) pages.push(items);
  pages.flat().forEach((item) => expectShape(item, shape));
  expect(pages.slice(1).every(({ length }) => length > 0)).toBe(true);
  return pages;
}

/** A page as it came, before the client makes anything of it. */
export async function rawPageOf<Item>(
  listing: APIPromise<unknown>,
  shape: Check<Item>,
): Promise<{ readonly items: Item[]; readonly nextCursor: string | null }> {
  const body = (await (await listing.asResponse()).json()) as {
    items: Item[];
    nextCursor: string | null;
  };
  return expectShape(body, pageOf(shape));
}
