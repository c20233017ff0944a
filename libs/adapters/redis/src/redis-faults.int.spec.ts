import { setTimeout as delay } from 'node:timers/promises';
import { ReadModelsLost, ReadModelsUnavailable, type ProjectedEvents } from '@tollgate/ports';
import { describeWithRedisProcess, RedisProcess } from '@tollgate/testing';
import { connectTo, readModelsOn, silent, TEST_TIMEOUT_MS } from '../test/connections';
import { TeamEntries } from '../test/entries';
import type { RedisConnection, RedisReadModels } from '.';

/** How long `task` took, in ms. */
async function timed(task: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}

describeWithRedisProcess('read models in a Redis that fails', (redis) => {
  let connection: RedisConnection;
  let readModels: RedisReadModels;
  let team: TeamEntries;

  beforeEach(async () => {
    connection = connectTo({ url: redis().url });
    readModels = readModelsOn(connection);
    team = new TeamEntries();
    await readModels.apply([team.next(team.put('n', { n: 0 }))]);
  });

  afterEach(async () => {
    await readModels.close();
    connection.close();
  });

  async function untilBack(): Promise<void> {
    for (let isBack = false; !isBack; await delay(10)) {
      isBack = await readModels.checkpoint().then(
        () => true,
        () => false,
      );
    }
  }

  it('given Redis is away, when used, then it is unavailable at once', async () => {
    await redis().kill();
    const calls = [
      () => readModels.get(team.key('n')),
      () => readModels.list('teams', { limit: 1 }),
      () => readModels.revisionOf(team.stream),
      () => readModels.waitFor(team.stream, 5, 60_000),
      () => readModels.checkpoint(),
      () => readModels.apply([team.next(team.put('n', { n: 1 }))]),
    ];
    const took = await timed(async () => {
      for (const call of calls) await expect(call()).rejects.toThrow(ReadModelsUnavailable);
    });
    expect(took).toBeLessThan(1_000);

    await redis().start();
    await untilBack();
    expect(await readModels.get(team.key('n'))).toEqual({ n: 0 });
  });

  it('given Redis was never there, when used, then it is unavailable at once', async () => {
    const nowhere = connectTo({ url: 'redis://127.0.0.1:1' });
    const took = await timed(() =>
      expect(readModelsOn(nowhere).checkpoint()).rejects.toThrow(ReadModelsUnavailable),
    );
    expect(took).toBeLessThan(1_000);
    nowhere.close();
  });

  it('given Redis hangs, when used, then it is unavailable within the timeout', async () => {
    redis().pause();
    const took = await timed(() =>
      expect(readModels.get(team.key('n'))).rejects.toThrow(ReadModelsUnavailable),
    );
    const applying = readModels.apply([team.next(team.put('n', { n: 1 }))]);
    await expect(applying).rejects.toMatchObject({ cause: expect.anything() });
    redis().resume();

    expect(took).toBeGreaterThan(TEST_TIMEOUT_MS - 50);
    expect(took).toBeLessThan(TEST_TIMEOUT_MS + 500);
    expect(await readModels.get(team.key('n'))).toBeDefined();
  });

  it('given Redis hangs for long, when it goes on, then it is used again', async () => {
    const [error, info] = [jest.spyOn(silent, 'error'), jest.spyOn(silent, 'info')];
    redis().pause();
    for (let call = 0; call < 6; call += 1) await readModels.get('x').catch(() => undefined);
    redis().resume();

    await untilBack();
    expect(await readModels.get(team.key('n'))).toEqual({ n: 0 });
    expect(error.mock.calls).toEqual([['redis is away', { reason: expect.any(String) }]]);
    expect(info.mock.calls).toEqual([['redis is back']]);
    jest.restoreAllMocks();
  });

  it('given a kill amid applying, when applied again, then no entry is half shown', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const entries: ProjectedEvents[] = Array.from({ length: 400 }, (_, n) =>
      team.next(...names.map((name) => team.put(name, { n }))),
    );
    for (let from = 0; from < entries.length; from += 100) {
      const batch = entries.slice(from, from + 100);
      const applying = Promise.allSettled(batch.map((entry) => readModels.apply([entry])));
      await delay(Math.random() * 10);
      await redis().kill();
      await applying;
      await redis().start();
      await untilBack();
      const shown = await Promise.all(names.map((name) => readModels.get(team.key(name))));
      expect(new Set(shown.map((row) => row?.n)).size).toBe(1);
      await readModels.apply(
        batch.slice(Math.max(0, (await readModels.revisionOf(team.stream)) - from)),
      );
    }
    expect(await readModels.revisionOf(team.stream)).toBe(entries.length);
    expect(await readModels.get(team.key('d'))).toEqual({ n: entries.length - 1 });
  });

  it('given a Redis that was emptied, when applied, then lost, and can be built', async () => {
    const before = team.next(team.put('n', { n: 1 }));
    await readModels.apply([before]);
    await connection.client.flushall();
    const next = team.next(team.put('n', { n: 2 }));

    await expect(readModels.apply([])).rejects.toBeInstanceOf(ReadModelsLost);
    await expect(readModels.apply([next])).rejects.toMatchObject({ expected: 2, found: 0 });
    expect(await readModels.checkpoint()).toBe(0);
    await readModels.apply([{ ...before, firstRevision: 0 }, next]);
    expect(await readModels.get(team.key('n'))).toEqual({ n: 2 });
    expect(await readModels.checkpoint()).toBe(next.position);
  });

  it('given a Redis put back from an old copy, when applied, then it is lost', async () => {
    const snapshotting = await RedisProcess.create({ appendonly: 'no' });
    await snapshotting.start();
    const old = connectTo({ url: snapshotting.url });
    readModels = readModelsOn(old);
    const other = new TeamEntries();
    await readModels.apply([other.next(), other.next()]);
    await old.client.save();
    await readModels.apply([other.next()]);
    await snapshotting.kill();
    await snapshotting.start();
    await untilBackOn(old);

    const applying = readModels.apply([other.next()]);
    await expect(applying).rejects.toMatchObject({ expected: 3, found: 2 });
    expect(await readModels.checkpoint()).toBe(2);
    old.close();
    await snapshotting.remove();
  });
});

async function untilBackOn(connection: RedisConnection): Promise<void> {
  while (connection.client.status !== 'ready') await delay(10);
}
