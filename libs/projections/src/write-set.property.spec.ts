import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import type { Place, ReadModelWrite } from '@tollgate/ports';
import fc from 'fast-check';
import { WriteSet } from './write-set';

/*
 * Goal: what a write set makes of writes comes to the same as these one by one, whatever there was
 * before. Method: few rows, parts and places, each place of one row.
 */

const KEYS = ['a', 'b'];
const INDEXES = ['i', 'j'];
const key = fc.constantFrom(...KEYS);
const fields = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.nat({ max: 9 }));
const place = fc.record({
  index: fc.constantFrom(...INDEXES),
  sortKey: fc.constantFrom('1', '2', '3'),
});

const write: fc.Arbitrary<ReadModelWrite> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, row: fields }),
  fc.record({ kind: fc.constant('merge' as const), key, fields }),
  fc.record({ kind: fc.constant('remove' as const), key }),
  fc
    .record({
      kind: fc.constant('relist' as const),
      key,
      part: fc.constantFrom('p', 'q'),
      places: fc.array(place, { maxLength: 3 }),
    })
    .map((relist) => ({ ...relist, places: relist.places.map((each) => own(each, relist.key)) })),
);

const own = ({ index, sortKey }: Place, ofKey: string): Place => {
  return { index, sortKey: `${sortKey} ${ofKey}` };
};

function gathered(writes: readonly ReadModelWrite[]): ReadModelWrite[] {
  const set = new WriteSet();
  for (const each of writes) {
    if (each.kind === 'put') set.put(each.key, each.row);
    if (each.kind === 'merge') set.merge(each.key, each.fields);
    if (each.kind === 'remove') set.remove(each.key);
    if (each.kind === 'relist') set.relist(each.key, each.part, each.places);
  }
  return set.writes();
}

async function shown(...batches: (readonly ReadModelWrite[])[]): Promise<unknown> {
  const readModels = new InMemoryReadModels();
  for (const [revision, writes] of batches.entries()) {
    const stream = { stream: 's', group: 's', firstRevision: revision, lastRevision: revision };
    await readModels.apply([{ ...stream, position: revision, writes }]);
  }
  const rows = KEYS.map((each) => readModels.get(each));
  const pages = INDEXES.map((index) => readModels.list(index, { limit: 100 }));
  return Promise.all([...rows, ...pages]);
}

describe('a write set of any writes', () => {
  it('comes to the same as the writes one by one', async () => {
    const writes = fc.array(write, { maxLength: 12 });
    const property = fc.asyncProperty(writes, writes, async (before, later) => {
      expect(await shown(before, gathered(later))).toEqual(await shown(before, later));
    });
    await fc.assert(property, { numRuns: 500 });
  });
});
