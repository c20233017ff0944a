import { randomUUID } from 'node:crypto';
import { describeWithRedis } from '@tollgate/testing';

import { connectTo } from '../test/connections';
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

  it('given a job, then it is kept in the slot of the checkpoints', async () => {
    await new RedisSchedule(connection, consumer).put(JOB);
    await new RedisCheckpoints(connection).save(consumer, 1);
    const all = ['tollgate:checkpoints', ...(await keys())];
    const slots = await Promise.all(all.map((key) => connection.client.cluster('KEYSLOT', key)));

    expect(slots).toHaveLength(3);
    expect(new Set(slots).size).toBe(1);
  });

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
