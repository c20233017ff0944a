/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { TypeScriptProcess } from '@tollgate/testing';
import { events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

const MAIN = join(__dirname, 'main.ts');
const READY = /^devstore is ready on (\S+)$/;

async function startProcess(dataDir: string): Promise<{ process: TypeScriptProcess; url: string }> {
  const settings = ['DEVSTORE_PORT=0', `DEVSTORE_DATA_DIR=${dataDir}`];
  const process = new TypeScriptProcess(MAIN, [], ['env', ...settings]);
  const line = await process.line(READY);
  return { process, url: READY.exec(line)![1]! };
}

describe('a server in this process', () => {
  it('given a restart, then everything is as it was', async () => {
    const server = await RunningDevstore.start();
    const made = events(3);
    const first = await server.client.appendToStream('team-1', made, {
      expectedRevision: NO_STREAM,
    });
    await server.client.appendToStream('team-2', events(1));
    await server.client.setStreamMetadata('team-1', { maxCount: 2 });
    await server.client.deleteStream('team-2');
    const before = await take(server.client.readAll());
    await server.restart();

    expect(await take(server.client.readAll())).toEqual(before);
    expect((await take(server.client.readStream('team-1'))).ids).toEqual(idsOf(made.slice(1)));
    await expect(take(server.client.readStream('team-2'))).rejects.toMatchObject({
      type: 'stream-not-found',
    });
    expect(
      await server.client.appendToStream('team-1', made, { expectedRevision: NO_STREAM }),
    ).toEqual(first);
    await server.stop();
  });

  it('given a folder in use, then a second server does not start', async () => {
    const server = await RunningDevstore.start();

    await expect(startProcess(server.dataDir)).rejects.toThrow('devstore: ');
    await server.stop();
  });
});

describe('a server process', () => {
  let dataDir: string;
  let server: Awaited<ReturnType<typeof startProcess>>;
  let client: EventStoreDBClient;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'tollgate-devstore-'));
    await start();
  });
  afterEach(async () => {
    await client.dispose();
    await server.process.kill();
    rmSync(dataDir, { recursive: true });
  });

  async function start(): Promise<void> {
    server = await startProcess(dataDir);
    client = EventStoreDBClient.connectionString(server.url);
  }

  it('given SIGKILL at any moment, then what was answered is there, in order', async () => {
    const made = events(400);
    const answered = [made[0]!.id];
    await client.appendToStream('team-1', made[0]!);
    const appending = Promise.allSettled(
      made.slice(1).map(async (event) => {
        await client.appendToStream('team-1', event);
        answered.push(event.id);
        if (answered.length === 50) await server.process.kill('SIGKILL');
      }),
    );
    await appending;
    await client.dispose();
    await start();

    const { ids } = await take(client.readStream('team-1'));
    expect(answered.length).toBeGreaterThanOrEqual(50);
    expect(ids).toEqual(idsOf(made.slice(0, ids.length)));
    expect(ids.slice(0, answered.length)).toEqual(answered);
  });

  it('given SIGTERM, then appends are finished, subscriptions end, and it exits', async () => {
    const subscription = client.subscribeToAll();
    const read = take(subscription);
    const failed = expect(read).rejects.toMatchObject({ type: 'unavailable' });
    await client.appendToStream('team-1', events(1));
    const appending = Promise.allSettled(
      events(200).map((event) => client.appendToStream('team-1', event)),
    );
    await server.process.kill('SIGTERM');
    await failed;
    const answered = (await appending).filter(({ status }) => status === 'fulfilled').length;
    await client.dispose();
    await start();

    const { ids } = await take(client.readStream('team-1'));
    expect(ids.length).toBeGreaterThanOrEqual(1 + answered);
  });
});
