import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDbEventLog } from '@tollgate/adapter-eventstoredb';
import { RedisReadModelReader, connectRedis, redisAddressOf } from '@tollgate/adapter-redis';
import { STREAM_PREFIXES } from '@tollgate/contracts';
import { pinoLog } from '@tollgate/platform';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import type { Verdict } from '../systems/demo-system';
import { checkLog } from './check-log';

/** Where a distributed system keeps its log and its read models. */
export interface Stores {
  readonly eventStore: string;
  readonly redis: string;
}

const LAG_MS_MAX = 5_000;
const LOOK_MS = 100;
const silent = pinoLog('silent');

/** Checks the log of a distributed system, which may go on working meanwhile. */
export async function checkServers({ eventStore, redis: urls }: Stores): Promise<Verdict> {
  const events = new EventStoreDbEventLog({
    connectionString: eventStore,
    streamPrefixes: STREAM_PREFIXES,
    log: silent,
  });
  const redis = connectRedis({ ...redisAddressOf(urls.split(',')), log: silent });
  const readModels = new RedisReadModelReader({ redis, version: READ_MODELS_VERSION });
  try {
    return await checkLog({ events, readModels, mayCatchUp: untilTimeIsOver() });
  } finally {
    readModels.close();
    redis.close();
    await events.close();
  }
}

/** Read models follow the log a moment later. */
function untilTimeIsOver(): () => Promise<boolean> {
  const deadline = performance.now() + LAG_MS_MAX;
  return async () => {
    await delay(LOOK_MS);
    return performance.now() < deadline;
  };
}
