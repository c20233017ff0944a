import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ReadModelsUnavailable } from '@tollgate/ports';
import { describeReadModels, describeWithRedisProcess, freePort } from '@tollgate/testing';
import { connectTo, readModelsOn } from '../test/connections';
import { TeamEntries } from '../test/entries';
import { RedisCluster } from '../test/redis-cluster';
import {
  RedisReadModelReader,
  ServingNamespace,
  type RedisConnection,
  type RedisReadModels,
} from '.';

const VERSION = 2;

/** Which read models are served is said once for the whole Redis: it is not shared with others. */
function describeServing(connect: () => RedisConnection): void {
  let redis: RedisConnection;
  let serving: ServingNamespace;
  let reader: RedisReadModelReader;
  let blue: RedisReadModels;
  let green: RedisReadModels;
  let team: TeamEntries;

  beforeEach(async () => {
    redis = connect();
    serving = new ServingNamespace(redis);
    reader = new RedisReadModelReader({ redis, version: VERSION });
    [blue, green] = ['blue', 'green'].map((color) =>
      readModelsOn(redis, { namespace: `${color}-${randomUUID()}` }),
    ) as [RedisReadModels, RedisReadModels];
    team = new TeamEntries();
    const first = (color: string) => [
      team.put('row', { color }),
      { kind: 'list', index: team.key('rows'), sortKey: 'a', key: team.key('row') } as const,
    ];
    const entry = team.next();
    await blue.apply([{ ...entry, writes: first('blue') }]);
    await green.apply([{ ...entry, writes: first('green') }]);
    await serving.serve(blue.namespace, VERSION);
  });

  afterEach(async () => {
    reader.close();
    await Promise.all([blue.close(), green.close()]);
    redis.close();
  });

  it('given one is served, when read, then that one is shown', async () => {
    expect(await serving.serving()).toEqual({ namespace: blue.namespace, version: VERSION });
    expect(await reader.get(team.key('row'))).toEqual({ color: 'blue' });
    expect(await reader.list(team.key('rows'), { limit: 1 })).toEqual({
      items: [{ sortKey: 'a', row: { color: 'blue' } }],
      hasMore: false,
    });
    expect(await reader.revisionOf(team.stream)).toBe(0);
  });

  it('given another is served, when read next, then the other is shown', async () => {
    await reader.get(team.key('row'));
    await serving.serve(green.namespace, VERSION);

    expect(await reader.get(team.key('row'))).toEqual({ color: 'green' });
  });

  it('given somebody waits, when another is served, then what it shows counts', async () => {
    const waiting = reader.waitFor(team.stream, 1, 5_000);
    await delay(50);
    await serving.serve(green.namespace, VERSION);
    await reader.get(team.key('row'));
    await green.apply([team.next()]);

    const startedAt = performance.now();
    expect(await waiting).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('given another version is served, when read, then unavailable', async () => {
    await serving.serve(green.namespace, VERSION + 1);

    await expect(reader.get(team.key('row'))).rejects.toBeInstanceOf(ReadModelsUnavailable);
    await expect(reader.waitFor(team.stream, 0, 10)).rejects.toThrow(ReadModelsUnavailable);
  });

  it('given Redis lost everything, when read, then unavailable rather than empty', async () => {
    await reader.get(team.key('row'));
    await redis.client.del('tollgate:serving');

    expect(await serving.serving()).toBeUndefined();
    const calls = [
      reader.get(team.key('none')),
      reader.list(team.key('none'), { limit: 1 }),
      reader.revisionOf(team.stream),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(ReadModelsUnavailable);
  });

  it('given two sets, when one is dropped, then only the other is left', async () => {
    await expect(serving.drop(blue.namespace)).rejects.toThrow('is being served');
    await serving.serve(green.namespace, VERSION);
    await blue.apply([team.next(...Array.from({ length: 3_000 }, (_, n) => team.put(`${n}`, {})))]);
    await serving.drop(blue.namespace);

    expect(await blue.get(team.key('2999'))).toBeUndefined();
    expect(await blue.revisionOf(team.stream)).toBe(-1);
    expect(await reader.get(team.key('row'))).toEqual({ color: 'green' });
  });
}

describeWithRedisProcess('serving read models', (redisProcess) => {
  describe('from one Redis', () => {
    describeServing(() => connectTo({ url: redisProcess().url }));
  });

  describe('as a reader of its own', () => {
    describeReadModels('what is served', async () => {
      const redis = connectTo({ url: redisProcess().url });
      const written = readModelsOn(redis);
      await new ServingNamespace(redis).serve(written.namespace, VERSION);
      const reader = new RedisReadModelReader({ redis, version: VERSION });
      const readModels = {
        get: reader.get.bind(reader),
        list: reader.list.bind(reader),
        sortKeys: reader.sortKeys.bind(reader),
        revisionOf: reader.revisionOf.bind(reader),
        waitFor: reader.waitFor.bind(reader),
        apply: written.apply.bind(written),
        checkpoint: written.checkpoint.bind(written),
      };
      return { readModels, close: async () => (reader.close(), redis.close()) };
    });
  });

  describe('from a Cluster', () => {
    let cluster: RedisCluster;

    beforeAll(async () => {
      cluster = await RedisCluster.start(freePort);
    });

    afterAll(() => cluster.stop());

    describeServing(() => connectTo({ nodes: cluster.nodes }));
  });
});
