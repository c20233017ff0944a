/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import {
  EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import { events, RunningDevstore, take } from '../spec/running-devstore';

describe('what a node offers', () => {
  let server: RunningDevstore;

  beforeAll(async () => (server = await RunningDevstore.start()));
  afterAll(() => server.stop());

  it('given services that are not offered, then calls are unimplemented', async () => {
    const { client } = server;
    const settings = persistentSubscriptionToStreamSettingsFromDefaults();

    for (const call of [
      client.createPersistentSubscriptionToStream('a', 'group', settings),
      client.restartSubsystem(),
      client.createProjection('p', 'fromAll()'),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 12 });
    }
  });

  it('given a client that looks for a cluster, then it finds this node', async () => {
    await server.client.dispose();
    const address = server.url.replace('esdb://', 'esdb+discover://');
    server.client = EventStoreDBClient.connectionString(address);
    await server.client.appendToStream('found', events(2));

    expect((await take(server.client.readStream('found'))).revisions).toEqual([0, 1]);
  });
});
