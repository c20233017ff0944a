import type { Log } from '@tollgate/ports';
import { DevstoreProcess } from '@tollgate/testing';
import { EventStoreDbEventLog, type EventStoreDbOptions } from '../src';

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Server {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** The server that the environment names, else a devstore. */
export async function anyServer(): Promise<Server> {
  const connectionString = process.env['TOLLGATE_TEST_EVENTSTOREDB'];
  if (connectionString !== undefined) return { connectionString, stop: () => Promise.resolve() };
  const devstore = await startedDevstore();
  return { connectionString: devstore.connectionString, stop: () => devstore.remove() };
}

export async function startedDevstore(): Promise<DevstoreProcess> {
  const devstore = await DevstoreProcess.create();
  await devstore.start();
  return devstore;
}

export function logOn(
  { connectionString }: { readonly connectionString: string },
  options: Partial<EventStoreDbOptions> = {},
): EventStoreDbEventLog {
  const streamPrefixes = ['team-', 'message-'];
  return new EventStoreDbEventLog({ connectionString, streamPrefixes, log: silent, ...options });
}
