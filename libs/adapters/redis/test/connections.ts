import { randomUUID } from 'node:crypto';
import type { Log } from '@tollgate/ports';
import {
  connectRedis,
  RedisReadModels,
  type RedisAddress,
  type RedisConnection,
  type RedisReadModelsOptions,
} from '../src';

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const TEST_TIMEOUT_MS = 1_000;

export function connectTo(address: RedisAddress): RedisConnection {
  return connectRedis({ ...address, log: silent, commandTimeoutMs: TEST_TIMEOUT_MS });
}

/** Read models that no other test writes to, so that a Redis may be shared. */
export function readModelsOn(
  redis: RedisConnection,
  options: Partial<RedisReadModelsOptions> = {},
): RedisReadModels {
  return new RedisReadModels({ redis, namespace: `test-${randomUUID()}`, ...options });
}
