import Redis from 'ioredis';
import { describeWithRedisProcess } from './describe-with';
import { RedisProcess } from './redis-process';

async function withClient<T>(redis: RedisProcess, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis.url, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

describeWithRedisProcess('a Redis that tests can kill', (redis) => {
  it('keeps what was written over kill -9, on the same address', async () => {
    await withClient(redis(), (client) => client.set('kept', 'yes'));
    const before = redis().pid;
    await redis().kill();
    await redis().start();
    expect(redis().pid).not.toBe(before);
    expect(await withClient(redis(), (client) => client.get('kept'))).toBe('yes');
  });

  it('answers nothing while it is paused', async () => {
    redis().pause();
    const answer = withClient(redis(), (client) => client.get('kept'));
    const waited = new Promise((resolve) => setTimeout(resolve, 200, 'waited'));
    expect(await Promise.race([answer, waited])).toBe('waited');
    redis().resume();
    expect(await answer).toBe('yes');
  });

  it('can be told to forget everything when it ends', async () => {
    const forgetful = await RedisProcess.create({ appendonly: 'no' });
    try {
      await forgetful.start();
      await withClient(forgetful, (client) => client.set('kept', 'yes'));
      await forgetful.stop();
      await forgetful.start();
      expect(await withClient(forgetful, (client) => client.get('kept'))).toBeNull();
    } finally {
      await forgetful.remove();
    }
  });
});
