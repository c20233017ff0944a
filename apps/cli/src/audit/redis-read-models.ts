import type { RedisConnection } from '@tollgate/adapter-redis';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import type { ReadModelReader } from '@tollgate/ports';
import { CommandFailure } from '../failure';
import { silent } from './silent';

/** Nobody waits for these answers but an audit, which asks many questions at once. */
const ANSWER_MS_MAX = 5_000;
/** Redis' word for a key that holds what is none of ours. */
const OTHER_TYPE = /^WRONGTYPE/;

export interface OpenReadModels {
  readonly readModels: ReadModelReader;
  /** Why Redis can't be reached; undefined while it can. */
  problem(): string | undefined;
  close(): void;
}

/** The read models that a distributed system serves. */
export async function openReadModels(urls: readonly string[]): Promise<OpenReadModels> {
  // Loads the client: no other command shall wait for that.
  const { RedisReadModelReader, connectRedis } = await import('@tollgate/adapter-redis');
  let problem: string | undefined;
  const log = {
    ...silent,
    info: () => (problem = undefined),
    error: (_: string, fields?: object) => {
      problem = (fields as { readonly reason?: string } | undefined)?.reason;
    },
  };
  const address = urls.length > 1 ? { nodes: urls } : { url: urls[0]! };
  const redis = connected(() => connectRedis({ ...address, log, commandTimeoutMs: ANSWER_MS_MAX }));
  const reader = new RedisReadModelReader({ redis, version: READ_MODELS_VERSION });
  const close = (): void => {
    reader.close();
    redis.close();
  };
  return { readModels: withDifferences(reader), problem: () => problem, close };
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

/** A key that holds something else than a row is a difference, not a Redis that is away. */
function withDifferences(reader: ReadModelReader): ReadModelReader {
  return {
    get: (key) => reader.get(key).catch(rethrow),
    revisionOf: (stream, group) => reader.revisionOf(stream, group).catch(rethrow),
    list: (index, request) => reader.list(index, request),
    waitFor: (stream, revision, timeoutMs) => reader.waitFor(stream, revision, timeoutMs),
  };
}

function rethrow(fault: Error): never {
  const { cause } = fault;
  throw cause instanceof Error && OTHER_TYPE.test(cause.message) ? cause : fault;
}
