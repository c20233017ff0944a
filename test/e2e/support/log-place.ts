import { DataFolder } from '@tollgate/adapter-embedded';
import { EventStoreDbEventLog } from '@tollgate/adapter-eventstoredb';
import { RedisReadModelReader, connectRedis } from '@tollgate/adapter-redis';
import { STREAM_PREFIXES } from '@tollgate/contracts';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import type { EventReader, Log, ReadModelReader } from '@tollgate/ports';

const SCHEME = 'esdb:';
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A log and the read models of it, read beside whoever works on them. */
export interface OpenBooks {
  readonly events: EventReader;
  readonly readModels: ReadModelReader;
  close(): Promise<void>;
}

/** Where the log and the read models of a distributed system are, in one text. */
export function placeOf(eventStore: string, redis: string): string {
  return `${eventStore} ${redis}`;
}

/** @param place a data folder, or what {@link placeOf} made. */
export async function openBooks(place: string): Promise<OpenBooks> {
  if (!place.startsWith(SCHEME)) return DataFolder.open(place, { readOnly: true });
  const [connectionString, url] = place.split(' ') as [string, string];
  const events = new EventStoreDbEventLog({
    connectionString,
    streamPrefixes: STREAM_PREFIXES,
    log: silent,
  });
  const redis = connectRedis({ url, log: silent });
  const readModels = new RedisReadModelReader({ redis, version: READ_MODELS_VERSION });
  const close = async (): Promise<void> => {
    readModels.close();
    redis.close();
    await events.close();
  };
  return { events, readModels, close };
}
