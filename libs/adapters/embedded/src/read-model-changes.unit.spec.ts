import type { Row } from '@tollgate/ports';
import { ReadModelChanges } from './read-model-changes';

describe('changes of read models', () => {
  let changes: ReadModelChanges;
  let reads: string[];

  beforeEach(() => {
    reads = [];
    changes = new ReadModelChanges((key): Row | undefined => {
      reads.push(key);
      return key === 'stored' ? { a: 1, b: 1 } : undefined;
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

  it('given a place listed twice, then the later row stands there', () => {
    changes.add({ kind: 'list', index: 'i', sortKey: '1', key: 'first' });
    changes.add({ kind: 'list', index: 'i', sortKey: '2', key: 'second' });
    changes.add({ kind: 'list', index: 'i', sortKey: '1', key: 'third' });

    expect([...changes.listed].map(({ key }) => key)).toEqual(['third', 'second']);
  });
});
