import { randomUUID } from 'node:crypto';
import { describeWithRedis, describeWithRedisProcess, freePort } from '@tollgate/testing';

import { connectTo } from '../test/connections';
import { RedisCluster } from '../test/redis-cluster';
import { RedisCheckpoints, RedisSchedule, RedisUnavailable, type RedisConnection } from '.';

const JOB = { name: 'webhook/1', dueAt: 1_790_000_000_000, detail: '{}' };

describeWithRedis('schedules in Redis', (redis) => {
  let connection: RedisConnection;
  let consumer: string;

  beforeEach(() => {
    connection = connectTo({ url: redis().url });
    consumer = `test-${randomUUID()}`;
  });

  afterEach(() => connection.close());

  const keys = (): Promise<string[]> => connection.client.keys(`*${consumer}*`);

  it('given all jobs done, then nothing is left of them', async () => {
    const schedule = new RedisSchedule(connection, consumer);
    await schedule.put(JOB);
    await schedule.remove(JOB.name);

    expect(await keys()).toEqual([]);
  });

  it('given Redis is away, then all methods say so', async () => {
    const nowhere = connectTo({ url: 'redis://127.0.0.1:1' });
    const schedule = new RedisSchedule(nowhere, consumer);

    await expect(schedule.put(JOB)).rejects.toBeInstanceOf(RedisUnavailable);
    await expect(schedule.remove(JOB.name)).rejects.toBeInstanceOf(RedisUnavailable);
    await expect(schedule.due(0, 1)).rejects.toBeInstanceOf(RedisUnavailable);
    nowhere.close();
  });
});

describeWithRedisProcess('schedules in a Redis Cluster', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start(freePort);
  });

  afterAll(() => cluster.stop());

  it('given a job, then it is on the node of the checkpoints, so that both are lost', async () => {
    const connection = connectTo({ nodes: cluster.nodes });
    await new RedisSchedule(connection, 'webhooks').put(JOB);
    await new RedisCheckpoints(connection).save('webhooks', 1);
    const found = await cluster.each((node) => node.keys('tollgate:*'));
    connection.close();

    expect(found.filter((keys) => keys.length > 0)).toHaveLength(1);
    expect(found.flat()).toHaveLength(3);
  });
});
