import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import type { ReadModelReader, ReadModelWrite } from '@tollgate/ports';
import { listPage, type Listed } from './pagination';

const INDEX = '{a}/index';
const ROWS = 6_000;

/** Rows 0 to 5,999, the newest first. */
async function rows(): Promise<ReadModelReader> {
  const readModels = new InMemoryReadModels();
  const writes = Array.from({ length: ROWS }, (_, n): ReadModelWrite[] => {
    const key = `{a}/row/${n}`;
    const sortKey = String(n).padStart(16, '0');
    return [
      { kind: 'put', key, row: { n } },
      { kind: 'list', index: INDEX, sortKey, key },
    ];
  }).flat();
  const entry = { stream: 'a', group: 'a', firstRevision: 0, lastRevision: 0, position: 1, writes };
  await readModels.apply([entry]);
  return readModels;
}

describe('a page with a filter', () => {
  let readModels: ReadModelReader;

  beforeAll(async () => {
    readModels = await rows();
  });

  const page = (wanted: readonly number[], cursor?: string): Promise<Listed<number>> =>
    listPage(readModels, {
      index: INDEX,
      query: cursor === undefined ? { limit: 2 } : { limit: 2, cursor },
      view: ({ n }) => n as number,
      matches: ({ n }) => wanted.includes(n as number),
    });

  it('is filled, and the last one says so', async () => {
    const wanted = [30, 20, 10];
    const first = await page(wanted);
    expect(first).toEqual({ items: [30, 20], nextCursor: expect.any(String) });
    expect(await page(wanted, first.nextCursor!)).toEqual({ items: [10], nextCursor: null });
  });

  it('ends early when little matches, and the next one goes on there', async () => {
    const wanted = [5_999, 100, 50];
    const first = await page(wanted);
    expect(first).toEqual({ items: [5_999], nextCursor: expect.any(String) });
    expect(await page(wanted, first.nextCursor!)).toEqual({ items: [100, 50], nextCursor: null });
    const only = await page([5_999]);
    expect(await page([5_999], only.nextCursor!)).toEqual({ items: [], nextCursor: null });
  });

  it('is not empty while there is anything below, however far', async () => {
    expect(await page([0])).toEqual({ items: [0], nextCursor: null });
    expect(await page([])).toEqual({ items: [], nextCursor: null });
  });
});
