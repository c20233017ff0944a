import type { ReadModelWrite, Row } from '@tollgate/ports';
import { placeText } from './place-keys';
import { ReadModelChanges } from './read-model-changes';

const at = (sortKey: string): string => placeText({ index: 'i', sortKey });

const relist = (key: string, part: string, ...sortKeys: string[]): ReadModelWrite => {
  return {
    kind: 'relist',
    key,
    part,
    places: sortKeys.map((sortKey) => ({ index: 'i', sortKey })),
  };
};

describe('changes of read models', () => {
  let changes: ReadModelChanges;
  let reads: string[];

  beforeEach(() => {
    reads = [];
    changes = new ReadModelChanges({
      row: (key): Row | undefined => {
        reads.push(key);
        return key === 'stored' ? { a: 1, b: 1 } : undefined;
      },
      parts: (key) => (key === 'stored' ? { p: { i: ['1', '2'] }, q: { i: ['2'] } } : undefined),
      keyAt: (place) => (place === at('1') ? 'another' : 'stored'),
    });
  });

  it('given two thousand merges of one row, then they come to one, and one read', () => {
    for (let n = 0; n < 2_000; n += 1) {
      changes.add({ kind: 'merge', key: 'stored', fields: { b: n } });
    }

    expect([...changes.rows]).toEqual([['stored', { a: 1, b: 1_999 }]]);
    expect(reads).toEqual(['stored']);
  });

  it('given a put after a merge, then the row is what was put', () => {
    changes.add({ kind: 'merge', key: 'stored', fields: { b: 2 } });
    changes.add({ kind: 'put', key: 'stored', row: { c: 3 } });
    changes.add({ kind: 'merge', key: 'new', fields: { d: 4 } });

    expect([...changes.rows.values()]).toEqual([{ c: 3 }, { d: 4 }]);
  });

  it('given a merge after a removal, then nothing is left of what was stored', () => {
    changes.add({ kind: 'remove', key: 'stored' });
    expect([...changes.rows]).toEqual([['stored', undefined]]);
    changes.add({ kind: 'merge', key: 'stored', fields: { c: 1 } });

    expect([...changes.rows]).toEqual([['stored', { c: 1 }]]);
    expect(reads).toEqual([]);
  });

  it('given a place listed twice, then the later row stands there', () => {
    changes.add({ kind: 'list', index: 'i', sortKey: '1', key: 'first' });
    changes.add({ kind: 'list', index: 'i', sortKey: '2', key: 'second' });
    changes.add({ kind: 'list', index: 'i', sortKey: '1', key: 'third' });

    expect([...changes.places]).toEqual([
      [at('1'), 'third'],
      [at('2'), 'second'],
    ]);
  });

  it('given a part listed anew, then only places that are its own alone are left', () => {
    changes.add(relist('stored', 'p', '3'));

    expect([...changes.places]).toEqual([[at('3'), 'stored']]);
    expect([...changes.parts]).toEqual([['stored', { q: { i: ['2'] }, p: { i: ['3'] } }]]);
    changes.add(relist('stored', 'q'));
    expect([...changes.places]).toEqual([
      [at('3'), 'stored'],
      [at('2'), undefined],
    ]);
  });

  it('given a removal, then every place is left that is not another row’s', () => {
    changes.add(relist('stored', 'p', '1', '4'));
    changes.add({ kind: 'list', index: 'i', sortKey: '4', key: 'another' });
    changes.add({ kind: 'remove', key: 'stored' });

    expect([...changes.places]).toEqual([
      [at('1'), undefined],
      [at('4'), 'another'],
      [at('2'), undefined],
    ]);
    expect([...changes.parts]).toEqual([['stored', undefined]]);
  });

  it('given rows that are only written, then where they are listed is not looked up', () => {
    const parts = jest.fn();
    changes = new ReadModelChanges({ row: () => undefined, parts, keyAt: parts });
    changes.add({ kind: 'put', key: 'a', row: {} });
    changes.add({ kind: 'list', index: 'i', sortKey: '1', key: 'a' });

    expect(parts).not.toHaveBeenCalled();
  });
});
