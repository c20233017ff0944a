import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, type JSONEventData } from '@eventstore/db-client';
import { pinoLog } from '@tollgate/platform';
import { loadConfig } from '../src/config';
import { Devstore } from '../src/devstore';

/** Passing credentials makes the client append in calls of their own. */
export const CREDENTIALS = { username: 'admin', password: 'changeit' };

/** A server in this process and the one client that talks to it. */
export class RunningDevstore {
  client: EventStoreDBClient;

  private constructor(
    readonly dataDir: string,
    private readonly env: NodeJS.ProcessEnv,
    private devstore: Devstore,
  ) {
    this.client = EventStoreDBClient.connectionString(this.url);
  }

  static async start(env: NodeJS.ProcessEnv = {}): Promise<RunningDevstore> {
    const dataDir = mkdtempSync(join(tmpdir(), 'tollgate-devstore-'));
    return new RunningDevstore(dataDir, env, await startOn(dataDir, env));
  }

  get url(): string {
    return `${this.devstore.url}${this.env['URL_OPTIONS'] ?? ''}`;
  }

  async restart(): Promise<void> {
    await this.client.dispose();
    await this.devstore.stop();
    this.devstore = await startOn(this.dataDir, this.env);
    this.client = EventStoreDBClient.connectionString(this.url);
  }

  async stop(): Promise<void> {
    await this.client.dispose();
    await this.devstore.stop();
    rmSync(this.dataDir, { recursive: true });
  }
}

function startOn(dataDir: string, env: NodeJS.ProcessEnv): Promise<Devstore> {
  const config = loadConfig({ DEVSTORE_PORT: '0', DEVSTORE_DATA_DIR: dataDir, ...env });
  return Devstore.start(config, pinoLog('silent'));
}

const PAUSE_EVENTS = 10;
let eventsMade = 0;

/** Events with ids of their own and numbers that tell them apart. */
export function events(count: number, type = 'Counted'): JSONEventData[] {
  return Array.from({ length: count }, () => {
    eventsMade += 1;
    return jsonEvent({ type, data: { number: eventsMade }, metadata: { from: 'a test' } });
  });
}

export const idsOf = (made: readonly { readonly id: string }[]): string[] =>
  made.map(({ id }) => id);

/**
 * The ids and revisions that a read or a subscription gives, at most `count` of them.
 * @param pause comes now and then, for a reader who is slow.
 */
export async function take(
  read: AsyncIterable<{ event?: { id: string; revision: bigint } | undefined }>,
  count = Infinity,
  pause: () => Promise<unknown> = async () => undefined,
): Promise<{ ids: string[]; revisions: number[] }> {
  const ids: string[] = [];
  const revisions: number[] = [];
  for await (const { event } of read) {
    ids.push(event!.id);
    revisions.push(Number(event!.revision));
    if (ids.length === count) break;
    if (ids.length % PAUSE_EVENTS === 0) await pause();
  }
  return { ids, revisions };
}
