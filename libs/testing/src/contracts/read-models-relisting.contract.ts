import { RevisionGap, type ReadModelWrite } from '@tollgate/ports';
import { TeamUnderTest, type ReadModels } from './read-models-support';

/** What every read model promises of rows that move between places, and that go. */
export function describeRelisting(readModelsOf: () => ReadModels): void {
  let readModels: ReadModels;
  let team: TeamUnderTest;
  let revision: number;

  beforeEach(async () => {
    readModels = readModelsOf();
    team = new TeamUnderTest();
    revision = -1;
    await write(team.put('a', { n: 'a' }), team.put('b', { n: 'b' }), team.put('c', { n: 'c' }));
  });

  async function write(...writes: ReadModelWrite[]): Promise<void> {
    revision += 1;
    await readModels.apply([team.entry(revision, revision, writes)]);
  }

  /** What an index lists, as `sortKey=row`. */
  async function listed(index: string): Promise<string> {
    const { items, hasMore } = await readModels.list(team.key(index), { limit: 100 });
    expect(hasMore).toBe(false);
    return items.map(({ sortKey, row }) => `${sortKey}=${row['n'] as string}`).join(' ');
  }

  const rowOf = (name: string): Promise<unknown> => readModels.get(team.key(name));

  it('given a part, when it is listed elsewhere, then nowhere else, and others stay', async () => {
    await write(team.relist('a', 'p', ['i:1', 'i:2']), team.relist('a', 'q', ['i:7']));
    await write(team.relist('b', 'p', ['i:3']), team.relist('a', 'p', ['i:2', 'i:4']));

    expect(await listed('i')).toBe('7=a 4=a 3=b 2=a');
  });

  it('given a part, when it moves to another index, then it is in the one only', async () => {
    await write(team.relist('a', 'status', ['queued:1']), team.relist('b', 'status', ['queued:2']));
    await write(team.relist('a', 'status', ['sent:1']));

    expect(await listed('queued')).toBe('2=b');
    expect(await listed('sent')).toBe('1=a');
    await write(team.relist('a', 'status', ['queued:1']));
    expect([await listed('queued'), await listed('sent')]).toEqual(['2=b 1=a', '']);
  });

  it('given places in several indexes, when listed anew, then in all of them', async () => {
    await write(team.relist('a', 'p', ['i:1', 'j:1', 'i:2']));
    await write(team.relist('a', 'p', ['j:1', 'k:1']));

    expect([await listed('i'), await listed('j'), await listed('k')]).toEqual(['', '1=a', '1=a']);
  });

  it('given a part, when listed nowhere, then it is gone, and may come back', async () => {
    await write(team.relist('a', 'p', ['i:1']), team.relist('a', 'p', []));
    expect(await listed('i')).toBe('');
    await write(team.relist('a', 'p', ['i:2']));
    expect(await listed('i')).toBe('2=a');
    await write(team.relist('a', 'p', []));
    expect(await listed('i')).toBe('');
  });

  it('given parts at one place, when one leaves it, then the other is still there', async () => {
    await write(team.relist('a', 'p', ['i:1', 'i:2']), team.relist('a', 'q', ['i:1']));
    await write(team.relist('a', 'p', ['i:3']));
    expect(await listed('i')).toBe('3=a 1=a');
    await write(team.relist('a', 'q', []));
    expect(await listed('i')).toBe('3=a');
  });

  it('given a plain place, when the row is listed anew, then that stays', async () => {
    await write(team.list('i', '1', 'a'), team.relist('a', 'p', ['i:2']));
    await write(team.relist('a', 'p', []));

    expect(await listed('i')).toBe('1=a');
  });

  it('given a place that another row took, when the first leaves, the other stays', async () => {
    await write(team.relist('a', 'p', ['i:1']));
    await write(team.relist('b', 'p', ['i:1']));
    expect(await listed('i')).toBe('1=b');
    await write(team.relist('a', 'p', ['i:2']));
    expect(await listed('i')).toBe('2=a 1=b');
    await write(team.relist('c', 'p', ['i:2']), team.remove('a'));
    expect(await listed('i')).toBe('2=c 1=b');
  });

  it('given a row, when removed, then it and all of its places are gone', async () => {
    await write(team.relist('a', 'p', ['i:1', 'j:1']), team.relist('a', 'q', ['i:2']));
    await write(team.relist('b', 'p', ['i:3']));
    await write(team.remove('a'));

    expect(await rowOf('a')).toBeUndefined();
    expect([await listed('i'), await listed('j')]).toEqual(['3=b', '']);
    expect(await rowOf('b')).toEqual({ n: 'b' });
  });

  it('given a row that was removed, when written again, then it starts anew', async () => {
    await write(team.relist('a', 'p', ['i:1']), team.relist('a', 'q', ['i:2']));
    await write(team.remove('a'));
    await write(team.merge('a', { n: 'again' }));
    expect(await rowOf('a')).toEqual({ n: 'again' });
    expect(await listed('i')).toBe('');
    await write(team.relist('a', 'q', ['i:3']));
    expect(await listed('i')).toBe('3=again');
    await write(team.put('a', { n: 'new' }), team.relist('a', 'q', ['i:4']));
    expect(await listed('i')).toBe('4=new');
  });

  it('given no such row, when removed, then nothing happens', async () => {
    await write(team.remove('none'));

    expect(await rowOf('none')).toBeUndefined();
    expect(await rowOf('a')).toEqual({ n: 'a' });
  });

  it('given writes of one batch, when applied, then each builds on those before it', async () => {
    await write(
      team.relist('a', 'p', ['i:1']),
      team.merge('a', { x: 1 }),
      team.remove('a'),
      team.merge('a', { n: 'a2' }),
      team.relist('a', 'p', ['i:2']),
      team.put('d', { n: 'd' }),
      team.relist('d', 'p', ['i:4']),
      team.remove('d'),
      team.relist('b', 'p', ['i:5']),
      team.relist('b', 'p', ['i:6']),
      team.remove('c'),
      team.put('c', { n: 'c2' }),
      team.relist('c', 'q', ['i:7']),
    );

    expect(await listed('i')).toBe('7=c2 6=b 2=a2');
    expect([await rowOf('a'), await rowOf('d')]).toEqual([{ n: 'a2' }, undefined]);
  });

  it('given entries of one call, when applied, then each builds on those before it', async () => {
    await readModels.apply([
      team.entry(1, 1, [team.relist('a', 'p', ['i:1'])]),
      team.entry(2, 2, [team.remove('a')]),
      team.entry(3, 3, [team.put('a', { n: 'a3' }), team.relist('a', 'p', ['i:3'])]),
    ]);

    expect(await listed('i')).toBe('3=a3');
  });

  it('given an applied entry, when it comes again, then nothing moves or goes', async () => {
    await write(team.relist('a', 'p', ['i:1']));
    const again = [team.entry(1, 1, [team.relist('a', 'p', ['i:9']), team.remove('b')])];
    await write(team.relist('a', 'p', ['i:2']));
    await readModels.apply(again);

    expect(await listed('i')).toBe('2=a');
    expect(await rowOf('b')).toEqual({ n: 'b' });
  });

  it('given a missing event, when the next is applied, then nothing moves or goes', async () => {
    await write(team.relist('a', 'p', ['i:1']));
    const later = [team.entry(3, 3, [team.relist('a', 'p', ['i:9']), team.remove('b')])];

    await expect(readModels.apply(later)).rejects.toBeInstanceOf(RevisionGap);
    expect(await listed('i')).toBe('1=a');
    expect(await rowOf('b')).toEqual({ n: 'b' });
  });

  it('given a part in hundreds of places, when it goes, then all of them do', async () => {
    const places = Array.from({ length: 500 }, (_, n) => `many:${String(n).padStart(3, '0')}`);
    await write(team.relist('a', 'p', places));
    const first = await readModels.list(team.key('many'), { limit: 100 });
    expect([first.items.length, first.hasMore]).toEqual([100, true]);
    await write(team.relist('a', 'p', ['many:250']));
    expect(await listed('many')).toBe('250=a');
    await write(team.relist('a', 'p', places), team.remove('a'));
    expect(await listed('many')).toBe('');
  });
}
