import { STREAM_PREFIXES } from '@tollgate/contracts';
import type { Log } from '@tollgate/ports';
import { EventStoreDbEventLog, type EventStoreDbOptions } from '../src';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The log on a server, as the services use it. */
export function logOn(
  { connectionString }: { readonly connectionString: string },
  options: Partial<EventStoreDbOptions> = {},
): EventStoreDbEventLog {
  const streamPrefixes = STREAM_PREFIXES;
  return new EventStoreDbEventLog({ connectionString, streamPrefixes, log: silent, ...options });
}
