import { TeamUnderTest, type ReadModels } from './read-models-support';

/** What every read model promises to those who look for the beginning of a sort key. */
export function describePrefixes(readModelsOf: () => ReadModels): void {
  let readModels: ReadModels;
  let team: TeamUnderTest;
  let revision: number;

  beforeEach(() => {
    readModels = readModelsOf();
    team = new TeamUnderTest();
    revision = -1;
  });

  /** Rows named as their sort keys. */
  async function index(sortKeys: readonly string[]): Promise<void> {
    const writes = sortKeys.flatMap((name) => [
      team.put(name, { name }),
      team.list('words', name, name),
    ]);
    revision += 1;
    await readModels.apply([team.entry(revision, revision, writes)]);
  }

  /** The same of the rows and of the sort keys alone. */
  async function found(prefix: string, limit: number, before?: string): Promise<string> {
    const listed = await rows(prefix, limit, before);
    const request = { prefix, limit, ...(before === undefined ? {} : { before }) };
    const { sortKeys, hasMore } = await readModels.sortKeys(team.key('words'), request);
    expect(sortKeys.join(' ') + (hasMore ? ' …' : '')).toBe(listed);
    return listed;
  }

  async function rows(prefix: string, limit: number, before?: string): Promise<string> {
    const request = { prefix, limit, ...(before === undefined ? {} : { before }) };
    const { items, hasMore } = await readModels.list(team.key('words'), request);
    for (const { sortKey, row } of items) expect(row).toEqual({ name: sortKey });
    return items.map(({ sortKey }) => sortKey).join(' ') + (hasMore ? ' …' : '');
  }

  it('given a prefix, when listed, then only what begins with it, highest first', async () => {
    await index(['an', 'ann', 'anna', 'ao', 'am', 'b']);

    expect(await found('an', 10)).toBe('anna ann an');
    expect(await found('anna', 10)).toBe('anna');
    expect(await found('annab', 10)).toBe('');
    expect(await found('', 2)).toBe('b ao …');
  });

  it('given pages of a prefix, when one follows the other, then each item comes once', async () => {
    await index(['an1', 'an2', 'an3', 'an4', 'an5', 'ao']);

    expect(await found('an', 2)).toBe('an5 an4 …');
    expect(await found('an', 2, 'an4')).toBe('an3 an2 …');
    expect(await found('an', 2, 'an2')).toBe('an1');
    expect(await found('an', 2, 'an1')).toBe('');
  });

  it('given a page that ends what begins so, when listed, then there is no more', async () => {
    await index(['al', 'am1', 'am2', 'an']);

    expect(await found('am', 2)).toBe('am2 am1');
    expect(await found('am', 1, 'am2')).toBe('am1');
  });

  it('given a place outside of the prefix, when listed before it, then up to its end', async () => {
    await index(['am', 'an1', 'an2', 'ao']);

    expect(await found('an', 10, 'z')).toBe('an2 an1');
    expect(await found('an', 10, 'an')).toBe('');
    expect(await found('an', 10, 'a')).toBe('');
  });

  it('given texts of any length and any characters, when looked for, then found', async () => {
    const long = 'x'.repeat(64);
    const names = [
      `${long}\u0001${'0'.repeat(16)}`,
      `${long}\u0001${'1'.repeat(16)}`,
      `${long}y\u00011`,
      'é\u00011',
      'éa\u00011',
      '𠮷\u00011',
      '𠮷\u{10fffe}\u00011',
      '山\u00011',
      '\u0001\u00021',
    ];
    await index(names);

    expect(await found(`${long}\u0001`, 10)).toBe(`${names[1]} ${names[0]}`);
    expect(await found(long, 10)).toBe(`${names[2]} ${names[1]} ${names[0]}`);
    expect(await found('é\u0001', 10)).toBe(names[3]);
    expect(await found('𠮷', 10)).toBe(`${names[6]} ${names[5]}`);
    expect(await found('山', 10)).toBe(names[7]);
    expect(await found('\u0001', 10)).toBe(names[8]);
    expect(await found('', 10, long)).toBe(names[8]);
  });

  it('given indexes alike in name, when one is looked through, then only its rows', async () => {
    await index(['an']);
    const writes = [team.list('words-2', 'an2', 'an'), team.list('word', 's:an3', 'an')];
    await readModels.apply([team.entry(1, 1, writes)]);

    expect(await found('an', 10)).toBe('an');
  });

  it('given rows that are gone, when a page would be empty, then it goes on below', async () => {
    const names = Array.from({ length: 9 }, (_, n) => `an${n}`);
    await index(names);
    const gone = names.slice(3).map((name) => team.remove(name));
    await readModels.apply([team.entry(1, 1, gone)]);

    expect(await rows('an', 2)).toBe('an2 an1 …');
    expect(await rows('an', 2, 'an1')).toBe('an0');
  });
}
