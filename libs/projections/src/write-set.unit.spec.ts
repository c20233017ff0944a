import { WriteSet } from './write-set';

describe('a write set', () => {
  let set: WriteSet;

  beforeEach(() => {
    set = new WriteSet();
  });

  it('given nothing, then there is nothing to write', () => {
    expect(set.writes()).toEqual([]);
  });

  it('given a row, when fields of it are merged, then it is put with them', () => {
    set.put('a', { x: 1, y: 1 });
    set.merge('a', { y: 2, z: 3 });

    expect(set.writes()).toEqual([{ kind: 'put', key: 'a', row: { x: 1, y: 2, z: 3 } }]);
  });

  it('given merged fields, when the row is put, then nothing is left of them', () => {
    set.merge('a', { x: 1, y: 1 });
    set.put('a', { y: 2 });

    expect(set.writes()).toEqual([{ kind: 'put', key: 'a', row: { y: 2 } }]);
  });

  it('given fields merged twice, then they are one write, the later value counting', () => {
    set.merge('a', { x: 1, y: 1 });
    set.merge('a', { y: 2, z: undefined });

    expect(set.writes()).toEqual([
      { kind: 'merge', key: 'a', fields: { x: 1, y: 2, z: undefined } },
    ]);
  });

  it('given a row put twice, then the later one counts, whole', () => {
    set.put('a', { x: 1 });
    set.put('a', { y: 2 });
    set.merge('a', { z: 3 });

    expect(set.writes()).toEqual([{ kind: 'put', key: 'a', row: { y: 2, z: 3 } }]);
  });

  it('given a busy row, then it is written once, however often it changed', () => {
    for (let n = 0; n < 1_000; n += 1) set.merge('busy', { n });

    expect(set.writes()).toEqual([{ kind: 'merge', key: 'busy', fields: { n: 999 } }]);
  });

  it('given rows and index entries, then rows come first, each in the order of its first', () => {
    set.list('index', '2', 'b');
    set.merge('b', { x: 1 });
    set.put('a', { x: 1 });
    set.list('index', '1', 'a');
    set.merge('b', { x: 2 });

    expect(set.writes().map((write) => [write.kind, write.key])).toEqual([
      ['merge', 'b'],
      ['put', 'a'],
      ['list', 'b'],
      ['list', 'a'],
    ]);
  });

  it('given a part that moves often, then it is written once, where it ends', () => {
    for (const sortKey of ['1', '2', '3']) set.relist('a', 'p', [{ index: 'i', sortKey }]);
    set.relist('a', 'q', []);

    expect(set.writes()).toEqual([
      { kind: 'relist', key: 'a', part: 'p', places: [{ index: 'i', sortKey: '3' }] },
      { kind: 'relist', key: 'a', part: 'q', places: [] },
    ]);
  });

  it('given a row that is removed, then nothing of what was written to it before', () => {
    set.put('a', { x: 1 });
    set.relist('a', 'p', [{ index: 'i', sortKey: '1' }]);
    set.remove('a');
    set.remove('a');

    expect(set.writes()).toEqual([{ kind: 'remove', key: 'a' }]);
  });

  it('given a row that is removed and made anew, then the removal comes first', () => {
    set.merge('b', { y: 1 });
    set.remove('a');
    set.merge('a', { x: 1 });
    set.relist('a', 'p', []);

    expect(set.writes()).toEqual([
      { kind: 'remove', key: 'a' },
      { kind: 'merge', key: 'b', fields: { y: 1 } },
      { kind: 'merge', key: 'a', fields: { x: 1 } },
      { kind: 'relist', key: 'a', part: 'p', places: [] },
    ]);
  });

  it('given a row, when the caller changes its own later, then the set does not', () => {
    const row = { x: 1 };
    const fields = { y: 1 };
    set.put('a', row);
    set.merge('b', fields);
    row.x = 2;
    fields.y = 2;
    set.merge('a', { z: 3 });

    expect(row).toEqual({ x: 2 });
    expect(set.writes()).toEqual([
      { kind: 'put', key: 'a', row: { x: 1, z: 3 } },
      { kind: 'merge', key: 'b', fields: { y: 1 } },
    ]);
  });
});
