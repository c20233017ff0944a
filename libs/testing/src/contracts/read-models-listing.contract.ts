import type { ReadModelWrite } from '@tollgate/ports';
import { TeamUnderTest, type ReadModels } from './read-models-support';

/** What every read model promises to those who page through an index. */
export function describeListing(readModelsOf: () => ReadModels): void {
  let readModels: ReadModels;
  let team: TeamUnderTest;
  let index: string;

  const listed = (sortKey: string, name: string): ReadModelWrite => ({
    kind: 'list',
    index,
    sortKey,
    key: team.key(name),
  });

  beforeEach(async () => {
    readModels = readModelsOf();
    team = new TeamUnderTest();
    index = team.key('charges');
    const names = ['b', 'e', 'a', 'd', 'c'];
    const writes = names.flatMap((name) => [team.put(name, { name }), listed(name, name)]);
    await readModels.apply([team.entry(0, 0, writes)]);
  });

  /** The same of the rows and of the sort keys alone. */
  async function sortKeys(before: string | undefined, limit: number): Promise<string> {
    const request = { ...(before === undefined ? {} : { before }), limit };
    const { items, hasMore } = await readModels.list(index, request);
    const sorted = items.map(({ sortKey }) => sortKey);
    expect(await readModels.sortKeys(index, request)).toEqual({ sortKeys: sorted, hasMore });
    return sorted.join('') + (hasMore ? '…' : '');
  }

  it('given no such index, when listed, then it is empty', async () => {
    expect(await readModels.list(team.key('none'), { limit: 10 })).toEqual({
      items: [],
      hasMore: false,
    });
    expect(await readModels.sortKeys(team.key('none'), { limit: 10 })).toEqual({
      sortKeys: [],
      hasMore: false,
    });
  });

  it('given a row that was never there, when sort keys are read, then its own too', async () => {
    await readModels.apply([team.entry(1, 1, [listed('f', 'missing')])]);

    expect((await readModels.list(index, { limit: 1 })).items[0]!.sortKey).toBe('e');
    expect((await readModels.sortKeys(index, { limit: 1 })).sortKeys).toEqual(['f']);
  });

  it('given rows in an index, when listed, then highest sort key first', async () => {
    const { items, hasMore } = await readModels.list(index, { limit: 10 });

    expect(items).toEqual(
      ['e', 'd', 'c', 'b', 'a'].map((name) => ({ sortKey: name, row: { name } })),
    );
    expect(hasMore).toBe(false);
  });

  it('given pages, when one follows the other, then each item comes once', async () => {
    expect(await sortKeys(undefined, 2)).toBe('ed…');
    expect(await sortKeys('d', 2)).toBe('cb…');
    expect(await sortKeys('b', 2)).toBe('a');
    expect(await sortKeys('a', 2)).toBe('');
  });

  it('given a page that ends the index, when listed, then there is no more', async () => {
    expect(await sortKeys(undefined, 5)).toBe('edcba');
    expect(await sortKeys('d', 3)).toBe('cba');
  });

  it('given a sort key not in the index, when listed before it, then those below', async () => {
    expect(await sortKeys('cc', 2)).toBe('cb…');
    expect(await sortKeys('zz', 1)).toBe('e…');
  });

  it('given a row that changes, when listed, then as it is now', async () => {
    await readModels.apply([team.entry(1, 1, [team.put('e', { name: 'changed' })])]);

    const { items } = await readModels.list(index, { limit: 1 });
    expect(items).toEqual([{ sortKey: 'e', row: { name: 'changed' } }]);
  });

  it('given a sort key listed again, when listed, then it leads to the new row', async () => {
    const writes = [team.put('other', { name: 'other' }), listed('e', 'other')];
    await readModels.apply([team.entry(1, 1, writes)]);

    expect(await sortKeys(undefined, 10)).toBe('edcba');
    const { items } = await readModels.list(index, { limit: 1 });
    expect(items[0]!.row).toEqual({ name: 'other' });
  });

  it('given indexes alike in name, when one is listed, then only its rows', async () => {
    const foreign: ReadModelWrite = {
      kind: 'list',
      index: `${index}-2`,
      sortKey: 'x',
      key: team.key('a'),
    };
    await readModels.apply([team.entry(1, 1, [foreign])]);

    expect(await sortKeys(undefined, 10)).toBe('edcba');
  });
}
