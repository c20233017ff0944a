import type { Checkpoints } from '@tollgate/ports';
import type { RedisConnection } from './redis-connection';

export const CHECKPOINTS_KEY = 'tollgate:checkpoints';

/**
 * Where consumers of the log stand. A Redis that lost its data says 0: a consumer must be able to
 * take everything again. Both methods throw RedisUnavailable while Redis is away.
 */
export class RedisCheckpoints implements Checkpoints {
  constructor(private readonly redis: RedisConnection) {}

  async load(consumer: string): Promise<number> {
    return Number(await this.redis.send((client) => client.hget(CHECKPOINTS_KEY, consumer)));
  }

  async save(consumer: string, position: number): Promise<void> {
    await this.redis.send((client) => client.hset(CHECKPOINTS_KEY, consumer, position));
  }
}
