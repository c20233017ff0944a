/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { events, RunningDevstore, take } from '../spec/running-devstore';

describe('a node with TLS and a user', () => {
  let folder: string;
  let server: RunningDevstore;
  let ca: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-devstore-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    ca = `&tlsCAFile=${certificate}`;
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', certificate, '-days', '1', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ]);
    server = await RunningDevstore.start({
      DEVSTORE_TLS_CERT: certificate,
      DEVSTORE_TLS_KEY: key,
      DEVSTORE_USER: 'admin',
      DEVSTORE_PASSWORD: 'secret',
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function as(who: string): Promise<void> {
    await server.client.dispose();
    const address = server.url.replace('esdb://127.0.0.1', `esdb://${who}localhost`);
    server.client = EventStoreDBClient.connectionString(`${address}${ca}`);
  }

  it('given the right password, then everything is allowed', async () => {
    await as('admin:secret@');
    await server.client.appendToStream('team-1', events(2));
    const credentials = { username: 'admin', password: 'secret' };
    await server.client.appendToStream('team-1', events(1), { credentials });
    await server.client.deleteStream('team-2');

    expect((await take(server.client.readStream('team-1'))).revisions).toEqual([0, 1, 2]);
    const subscription = server.client.subscribeToAll();
    expect((await take(subscription, 4)).ids).toHaveLength(4);
    await subscription.unsubscribe();
  });

  it.each(['', 'admin:wrong@', 'other:secret@'])(
    'given "%s" for user and password, then nothing is allowed',
    async (who) => {
      await as(who);
      const { client } = server;
      const denied = { type: 'access-denied' };

      await expect(client.appendToStream('team-1', events(1))).rejects.toMatchObject(denied);
      await expect(take(client.readStream('team-1'))).rejects.toMatchObject(denied);
      await expect(take(client.subscribeToAll())).rejects.toMatchObject(denied);
      await expect(client.deleteStream('team-1')).rejects.toMatchObject(denied);
    },
  );

  it('given a client that does not know the certificate, then it does not connect', async () => {
    await server.client.dispose();
    server.client = EventStoreDBClient.connectionString(
      server.url.replace('127.0.0.1', 'localhost'),
    );

    await expect(take(server.client.readStream('team-1'))).rejects.toMatchObject({
      type: 'unavailable',
    });
  });
});
