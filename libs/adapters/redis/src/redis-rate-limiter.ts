import {
  RateLimiterMemory,
  RateLimiterRedis,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { RedisConnection } from './redis-connection';

export interface RedisRateLimiterOptions {
  readonly redis: RedisConnection;
  /** Requests of one key in each window. */
  readonly points: number;
  readonly windowSeconds: number;
}

/**
 * Counts what all instances together let through. While Redis is away each counts for itself, as
 * if it were alone: a limit too generous, rather than a gateway that is closed.
 */
export function redisRateLimiter(options: RedisRateLimiterOptions): RateLimiterAbstract {
  const { redis, points, windowSeconds: duration } = options;
  // A limiter looks at the connection only, and would not make one.
  redis.send((client) => client.ping()).catch(() => undefined);
  return new RateLimiterRedis({
    storeClient: redis.client,
    keyPrefix: 'tollgate:rate',
    points,
    duration,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory({ points, duration }),
  });
}
