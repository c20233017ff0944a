import type { RedisConnection } from '@tollgate/adapter-redis';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import { ReadModelsUnavailable, type Log, type ReadModelReader } from '@tollgate/ports';
import { CommandFailure } from '../failure';
import { silent } from './silent';

/** Nobody waits for these answers but an audit, which asks many questions at once. */
const ANSWER_MS_MAX = 5_000;
/** Redis' word for a key that holds what is none of ours. */
const OTHER_TYPE = /^WRONGTYPE/;

export interface OpenReadModels {
  readonly readModels: ReadModelReader;
  close(): void;
}

/**
 * The read models that a distributed system serves.
 * @throws CommandFailure for an address that can't be read.
 */
export async function openReadModels(urls: readonly string[]): Promise<OpenReadModels> {
  // Loads the client: no other command shall wait for that.
  const { RedisReadModelReader, connectRedis, redisAddressOf } =
    await import('@tollgate/adapter-redis');
  const outage = new Outage();
  const options = { ...redisAddressOf(urls), log: outage, commandTimeoutMs: ANSWER_MS_MAX };
  const redis = connected(() => connectRedis(options));
  const reader = new RedisReadModelReader({ redis, version: READ_MODELS_VERSION });
  const close = (): void => {
    reader.close();
    redis.close();
  };
  return { readModels: forAudit(reader, outage), close };
}

/** Why Redis is away: the connection says so to a log only. */
class Outage implements Log {
  reason: string | undefined;
  readonly warn = silent.warn;

  error(_: string, fields?: { readonly reason?: unknown }): void {
    this.reason = fields?.reason === undefined ? undefined : String(fields.reason);
  }

  info(): void {
    this.reason = undefined;
  }
}

function connected(connect: () => RedisConnection): RedisConnection {
  try {
    return connect();
  } catch {
    // Nothing of the address is quoted: it may hold a password.
    throw new CommandFailure('an address of Redis can not be read', [
      'it must be such as redis://:password@host:6379',
    ]);
  }
}

/** What holds something else than a row is a difference, not a Redis that is away. */
function forAudit(reader: ReadModelReader, outage: Outage): ReadModelReader {
  const explain = (fault: Error): never => {
    const { cause } = fault;
    if (cause instanceof Error && OTHER_TYPE.test(cause.message)) throw cause;
    throw outage.reason === undefined ? fault : new ReadModelsUnavailable(outage.reason);
  };
  return {
    get: (key) => reader.get(key).catch(explain),
    revisionOf: (stream, group) => reader.revisionOf(stream, group).catch(explain),
    list: (index, request) => reader.list(index, request),
    sortKeys: (index, request) => reader.sortKeys(index, request),
    waitFor: (stream, revision, timeoutMs) => reader.waitFor(stream, revision, timeoutMs),
  };
}
