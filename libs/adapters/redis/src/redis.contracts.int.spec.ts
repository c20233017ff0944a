import {
  describeCheckpoints,
  describeReadModels,
  describeSchedule,
  describeSnapshots,
  describeWithRedis,
  describeWithRedisProcess,
  freePort,
} from '@tollgate/testing';
import { RedisCheckpoints, RedisSchedule, RedisSnapshots, type RedisConnection } from '.';
import { connectTo, readModelsOn } from '../test/connections';
import { RedisCluster } from '../test/redis-cluster';

function describeContracts(name: string, connect: () => RedisConnection): void {
  describeReadModels(name, async () => {
    const redis = connect();
    const readModels = readModelsOn(redis);
    return {
      readModels,
      close: async () => {
        await readModels.close();
        redis.close();
      },
    };
  });

  describeSnapshots(name, async () => {
    const redis = connect();
    return { snapshots: new RedisSnapshots(redis), close: async () => redis.close() };
  });

  describeCheckpoints(name, async () => {
    const redis = connect();
    return { checkpoints: new RedisCheckpoints(redis), close: async () => redis.close() };
  });

  describeSchedule(name, async () => {
    let redis = connect();
    const scheduleOf = (consumer: string): RedisSchedule => new RedisSchedule(redis, consumer);
    return {
      scheduleOf,
      reopen: async () => {
        redis.close();
        redis = connect();
        return scheduleOf;
      },
      close: async () => redis.close(),
    };
  });
}

describeWithRedis('contracts on one Redis', (redis) => {
  describeContracts('redis', () => connectTo({ url: redis().url }));
});

describeWithRedisProcess('contracts on a Redis Cluster', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start(freePort);
  });

  afterAll(() => cluster.stop());

  describeContracts('cluster', () => connectTo({ nodes: cluster.nodes }));
});
