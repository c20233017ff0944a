/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { setTimeout as delay } from 'node:timers/promises';
import { BACKWARDS, END, START } from '@eventstore/db-client';
import { events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

describe('stream metadata', () => {
  let server: RunningDevstore;
  let stream: string;
  let streams = 0;

  beforeAll(async () => (server = await RunningDevstore.start()));
  afterAll(() => server.stop());
  beforeEach(async () => {
    stream = `team-${(streams += 1)}`;
    await server.client.appendToStream(stream, events(10));
  });

  const revisions = async (options = {}): Promise<number[]> =>
    (await take(server.client.readStream(stream, options))).revisions;

  it('given none, then there are none; when set, then the latest come back', async () => {
    expect(await server.client.getStreamMetadata(stream)).toEqual({ streamName: stream });
    await server.client.setStreamMetadata(stream, { maxCount: 8, own: 'x' });
    await server.client.setStreamMetadata(stream, { maxAge: 100, own: 'y' });

    expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({
      maxAge: 100,
      own: 'y',
    });
    expect((await take(server.client.readStream(`$$${stream}`))).revisions).toEqual([1]);
  });

  it('given a greatest number of events, then the latest are shown', async () => {
    await server.client.setStreamMetadata(stream, { maxCount: 3 });

    expect(await revisions()).toEqual([7, 8, 9]);
    expect(await revisions({ fromRevision: 8n })).toEqual([8, 9]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: END })).toEqual([9, 8, 7]);
    await server.client.appendToStream(stream, events(1));
    expect(await revisions()).toEqual([8, 9, 10]);
  });

  it('given a revision to truncate before, then readers begin there', async () => {
    await server.client.setStreamMetadata(stream, { truncateBefore: 6 });

    expect(await revisions()).toEqual([6, 7, 8, 9]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: 7n })).toEqual([7, 6]);
    const subscription = server.client.subscribeToStream(stream, { fromRevision: START });
    expect((await take(subscription, 4)).revisions).toEqual([6, 7, 8, 9]);
    await subscription.unsubscribe();
  });

  it('given a greatest age, then older events are hidden', async () => {
    await server.client.setStreamMetadata(stream, { maxAge: 1 });
    expect(await revisions()).toHaveLength(10);
    await delay(1_010);
    const made = events(1);
    await server.client.appendToStream(stream, made);

    expect(await revisions()).toEqual([10]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: END })).toEqual([10]);
  });

  it('given hidden events, then the whole log shows them, and ids count on', async () => {
    const made = events(3);
    await server.client.appendToStream(stream, made);
    await server.client.setStreamMetadata(stream, { truncateBefore: 13 });

    expect(await revisions()).toEqual([]);
    const all = await take(server.client.readAll({ direction: BACKWARDS, fromPosition: END }), 4);
    expect(all.ids.slice(1).reverse()).toEqual(idsOf(made));
    expect(await server.client.appendToStream(stream, events(1))).toMatchObject({
      nextExpectedRevision: 13n,
    });
  });
});
