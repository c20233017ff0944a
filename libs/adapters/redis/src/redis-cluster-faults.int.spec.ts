import { ReadModelsUnavailable } from '@tollgate/ports';
import { describeWithRedisProcess, freePort } from '@tollgate/testing';
import { connectTo, readModelsOn } from '../test/connections';
import { TeamEntries } from '../test/entries';
import { RedisCluster } from '../test/redis-cluster';
import type { RedisConnection } from '.';

const TEAMS = 20;

describeWithRedisProcess('read models in a Cluster of which one node fails', () => {
  let cluster: RedisCluster;
  let redis: RedisConnection;

  beforeAll(async () => {
    cluster = await RedisCluster.start(freePort);
  });

  afterAll(() => cluster.stop());

  beforeEach(() => {
    redis = connectTo({ nodes: cluster.nodes });
  });

  afterEach(() => redis.close());

  it('given one node lost its data, when applied, then the read models are lost', async () => {
    for (let lost = 0; lost < cluster.nodes.length; lost += 1) {
      const readModels = readModelsOn(redis);
      await readModels.apply([new TeamEntries().next()]);
      await cluster.each(async (node, index) => {
        if (index === lost) await node.flushall();
      });
      const applying = readModels.apply([new TeamEntries().next()]);
      await expect(applying).rejects.toMatchObject({ expected: 1, found: 0 });
    }
  });

  it('given one node hangs, when used, then the others serve, and it fails soon', async () => {
    const readModels = readModelsOn(redis);
    const teams = Array.from({ length: TEAMS }, () => new TeamEntries());
    await readModels.apply(teams.map((team) => team.next(team.put('n', { n: 0 }))));
    const later = teams.map((team) => team.next(team.put('n', { n: 1 })));
    cluster.pause(1);
    const read = await Promise.allSettled(teams.map((team) => readModels.get(team.key('n'))));
    const applying = readModels.apply(later);

    expect(new Set(read.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']));
    await expect(applying).rejects.toBeInstanceOf(ReadModelsUnavailable);
    cluster.resume(1);
    await readModels.apply(later);
    const shown = await Promise.all(teams.map((team) => readModels.get(team.key('n'))));
    expect(shown).toEqual(teams.map(() => ({ n: 1 })));
  });
});
