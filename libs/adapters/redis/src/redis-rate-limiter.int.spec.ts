import { randomUUID } from 'node:crypto';
import { describeWithRedisProcess } from '@tollgate/testing';
import { connectTo } from '../test/connections';
import { redisRateLimiter, type RedisConnection } from '.';

describeWithRedisProcess('rate limits in Redis', (redis) => {
  let connections: RedisConnection[];
  let key: string;

  beforeEach(async () => {
    connections = [connectTo({ url: redis().url }), connectTo({ url: redis().url })];
    for (const connection of connections) await connection.send((client) => client.ping());
    key = randomUUID();
  });

  afterEach(() => connections.forEach((connection) => connection.close()));

  it('given two instances, when both count, then together they let through the limit', async () => {
    const [first, second] = connections.map((connection) => limiterOn(connection));
    await first!.consume(key);
    await second!.consume(key);
    await first!.consume(key);

    await expect(second!.consume(key)).rejects.toMatchObject({ remainingPoints: 0 });
  });

  it('given Redis is away, when counted, then the instance counts by itself', async () => {
    const limiter = limiterOn(connections[0]!);
    await redis().kill();
    const counted = await Promise.allSettled([1, 2, 3, 4].map(() => limiter.consume(key)));
    await redis().start();

    expect(counted.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('fulfilled'),
      'rejected',
    ]);
  });
});

function limiterOn(redis: RedisConnection): ReturnType<typeof redisRateLimiter> {
  return redisRateLimiter({ redis, points: 3, windowSeconds: 60 });
}
