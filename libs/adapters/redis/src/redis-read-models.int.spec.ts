import { setTimeout as delay } from 'node:timers/promises';
import { RevisionGap } from '@tollgate/ports';
import { describeWithRedis } from '@tollgate/testing';
import { connectTo, readModelsOn } from '../test/connections';
import { TeamEntries } from '../test/entries';
import type { RedisConnection, RedisReadModels } from '.';

describeWithRedis('read models in Redis', (redis) => {
  let connection: RedisConnection;
  let readModels: RedisReadModels;
  let team: TeamEntries;

  beforeEach(() => {
    connection = connectTo({ url: redis().url });
    readModels = readModelsOn(connection);
    team = new TeamEntries();
  });

  afterEach(async () => {
    await readModels.close();
    connection.close();
  });

  describe('rows', () => {
    const fields = {
      ...{ biggest: Number.MAX_SAFE_INTEGER, smallest: Number.MIN_SAFE_INTEGER },
      ...{ large: 1e15, decimal: 0.1, zero: 0, nothing: null, isOpen: false, empty: '' },
      ...{ none: [], blank: {}, list: [null, [], {}, [[]]], deep: { a: { b: [{ c: null }] } } },
      text: 'line\nline\0"\\ Žofie 🐎 \ud800',
    };

    it('given any JSON, when put, then it is read as it was', async () => {
      await readModels.apply([team.next(team.put('row', fields))]);

      expect(await readModels.get(team.key('row'))).toEqual(fields);
    });

    it('given any JSON, when merged over a row, then it is read as it was', async () => {
      const merge = { kind: 'merge', key: team.key('row'), fields } as const;
      await readModels.apply([team.next(team.put('row', { zero: 1, kept: 1 }), merge)]);

      expect(await readModels.get(team.key('row'))).toEqual({ ...fields, kept: 1 });
    });

    it('given merged fields, when the row is put, then none of them is left', async () => {
      const merge = { kind: 'merge', key: team.key('row'), fields } as const;
      await readModels.apply([team.next(merge), team.next(team.put('row', { n: 1 }))]);

      expect(await readModels.get(team.key('row'))).toEqual({ n: 1 });
    });

    it('given a row without fields, when put, then it is there', async () => {
      await readModels.apply([team.next(team.put('row', {}))]);

      expect(await readModels.get(team.key('row'))).toEqual({});
    });
  });

  it('given a Redis that forgot its scripts, when applied, then it is taught again', async () => {
    await readModels.apply([team.next(team.put('n', { n: 1 }))]);
    await connection.client.script('FLUSH');
    await readModels.apply([team.next(team.put('n', { n: 2 }))]);

    expect(await readModels.get(team.key('n'))).toEqual({ n: 2 });
  });

  it('given thousands of writes in one entry, when applied, then all show', async () => {
    const writes = Array.from({ length: 20_000 }, (_, n) => team.put(`row-${n}`, { n }));
    await readModels.apply([team.next(...writes), team.next(team.put('row-0', { n: -1 }))]);

    expect(await readModels.get(team.key('row-0'))).toEqual({ n: -1 });
    expect(await readModels.get(team.key('row-19999'))).toEqual({ n: 19_999 });
  });

  it('given a row that was removed, then Redis has nothing of it any more', async () => {
    const places = [{ index: team.key('search'), sortKey: 'w:secret\u00011' }];
    const relist = { kind: 'relist', key: team.key('contact'), part: 'secret', places } as const;
    await readModels.apply([team.next(team.put('contact', { name: 'secret' }), relist)]);
    expect(await keysOf(readModels.namespace)).toHaveLength(5);
    await readModels.apply([team.next({ kind: 'remove', key: team.key('contact') })]);

    expect((await keysOf(readModels.namespace)).join()).not.toMatch(/contact|search/);
  });

  async function keysOf(namespace: string): Promise<string[]> {
    return connection.client.keys(`tollgate:${namespace}:*`);
  }

  it('given a row that others hold on to, when removed, then they are told', async () => {
    const strict = readModelsOn(connection, { announce: (key) => key.endsWith('/api-key') });
    const heard = jest.spyOn(connection.client, 'evalsha');
    await strict.apply([team.next({ kind: 'remove', key: team.key('api-key') })]);

    expect(heard.mock.calls[0]!.flat()).toContain('announce');
    heard.mockRestore();
  });

  it('given rows that go while a page is read, then it goes on after them', async () => {
    const names = ['1', '2', '3', '4', '5'];
    const listed = names.map((name) => {
      return { kind: 'list', index: team.key('i'), sortKey: name, key: team.key(name) } as const;
    });
    await readModels.apply([
      team.next(...names.map((name) => team.put(name, { name })), ...listed),
    ]);
    const gone = ['3', '4', '5'].map((name) => ({ kind: 'remove', key: team.key(name) }) as const);
    await readModels.apply([team.next(...gone)]);

    const page = await readModels.list(team.key('i'), { limit: 1 });
    expect(page).toEqual({ items: [{ sortKey: '2', row: { name: '2' } }], hasMore: true });
    expect(await readModels.list(team.key('i'), { limit: 0 })).toEqual({
      items: [],
      hasMore: true,
    });
  });

  it('given a gap, when applied, then nothing that comes after it shows', async () => {
    const other = new TeamEntries();
    const [first, , third] = [1, 2, 3].map((n) => team.next(team.put('n', { n })));
    const applying = readModels.apply([first!, third!, other.next(other.put('n', { n: 1 }))]);

    await expect(applying).rejects.toBeInstanceOf(RevisionGap);
    expect(await readModels.get(team.key('n'))).toEqual({ n: 1 });
    expect(await readModels.checkpoint()).toBe(0);
  });

  it('given overlaps are gaps, when an entry overlaps, then its stream is to be read', async () => {
    const strict = readModelsOn(connection, { overlap: 'gap' });
    const first = team.next(team.put('n', { n: 1 }));
    await strict.apply([first]);
    const overlapping = { ...team.next(team.put('n', { n: 2 })), firstRevision: 0 };

    await expect(strict.apply([overlapping])).rejects.toMatchObject({ stored: 0, found: 0 });
    await strict.apply([first, { ...overlapping, firstRevision: 1 }, overlapping]);
    expect(await strict.get(team.key('n'))).toEqual({ n: 2 });
  });

  it('given writes outside of the group, when they fail, then the entry is not shown', async () => {
    const stray = { kind: 'put', key: `stray-${team.stream}`, row: {} } as const;
    const entry = team.next(stray, team.put('n', { n: 1 }));
    const eval_ = jest.spyOn(connection.client, 'evalsha').mockRejectedValueOnce(new Error('OOM'));

    await expect(readModels.apply([entry])).rejects.toThrow('OOM');
    expect(await readModels.revisionOf(team.stream)).toBe(-1);
    eval_.mockRestore();
    await readModels.apply([entry]);
    expect(await readModels.get(stray.key)).toEqual({});
    expect(await readModels.get(team.key('n'))).toEqual({ n: 1 });
  });

  describe('waiting', () => {
    it('given hundreds who wait, when it is shown, then all go on at once', async () => {
      const reader = connectTo({ url: redis().url });
      const { namespace } = readModels;
      const others = readModelsOn(reader, { namespace });
      const teams = Array.from({ length: 100 }, () => new TeamEntries());
      const waiting = teams.flatMap(({ stream }) =>
        Array.from({ length: 5 }, () => others.waitFor(stream, 0, 5_000)),
      );
      const startedAt = performance.now();
      await readModels.apply(teams.map((each) => each.next(each.put('n', {}))));

      expect((await Promise.all(waiting)).every(Boolean)).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      await others.close();
      reader.close();
    });

    it('given the subscription is cut off, when it is shown, then waiters go on', async () => {
      const waiting = readModels.waitFor(team.stream, 0, 5_000);
      await delay(50);
      await connection.client.client('KILL', 'TYPE', 'pubsub');
      await readModels.apply([team.next(team.put('n', {}))]);

      const startedAt = performance.now();
      expect(await waiting).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });
  });
});
