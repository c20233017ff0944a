/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { ANY, BACKWARDS, END, NO_STREAM, STREAM_EXISTS, START } from '@eventstore/db-client';
import { CREDENTIALS, events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

describe('deleting streams', () => {
  let server: RunningDevstore;
  let stream: string;
  let streams = 0;

  beforeAll(async () => (server = await RunningDevstore.start()));
  afterAll(() => server.stop());
  beforeEach(() => (stream = `team-${(streams += 1)}`));

  const append = (count: number, expectedRevision: bigint | typeof ANY | typeof NO_STREAM = ANY) =>
    server.client.appendToStream(stream, events(count), { expectedRevision });
  const read = () => take(server.client.readStream(stream));

  describe('given a stream that is deleted', () => {
    beforeEach(async () => {
      await append(3);
      await server.client.deleteStream(stream, { expectedRevision: 2n });
    });

    it('then it is not found, and does not exist for writers', async () => {
      await expect(read()).rejects.toMatchObject({ type: 'stream-not-found', streamName: stream });
      await expect(
        server.client.appendToStream(stream, events(1), { expectedRevision: STREAM_EXISTS }),
      ).rejects.toMatchObject({ type: 'stream-deleted', streamName: stream });
    });

    it.each([ANY, NO_STREAM, 2n] as const)(
      'when appended to at %s, then it goes on from its end',
      async (expected) => {
        expect(await append(2, expected)).toMatchObject({ nextExpectedRevision: 4n });

        expect((await read()).revisions).toEqual([3, 4]);
        expect(
          (await take(server.client.readStream(stream, { fromRevision: 1n }))).revisions,
        ).toEqual([3, 4]);
        const backwards = server.client.readStream(stream, {
          direction: BACKWARDS,
          fromRevision: END,
        });
        expect((await take(backwards)).revisions).toEqual([4, 3]);
        expect(await append(1, 4n)).toMatchObject({ nextExpectedRevision: 5n });
        await server.restart();
        expect((await read()).revisions).toEqual([3, 4, 5]);
      },
    );

    it('when the first append is repeated, then it is still known', async () => {
      await server.client.deleteStream(stream);
      const made = events(1);
      const first = await server.client.appendToStream(stream, made);

      expect(await server.client.appendToStream(stream, made)).toEqual(first);
      expect((await read()).ids).toEqual(idsOf(made));
    });

    it('when its metadata are set, then it is there again, without events', async () => {
      await server.client.setStreamMetadata(stream, { maxCount: 5 });

      expect((await read()).ids).toEqual([]);
      expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({
        maxCount: 5,
        truncateBefore: 3,
      });
    });
  });

  it('given a wrong revision, then a stream is not deleted', async () => {
    await append(3);
    const wrong = { type: 'wrong-expected-version', actualVersion: 2n, streamName: stream };

    for (const expectedRevision of [1n, 7n, NO_STREAM] as const) {
      const given = {
        ...wrong,
        expectedVersion: expectedRevision === NO_STREAM ? -1n : expectedRevision,
      };
      await expect(server.client.deleteStream(stream, { expectedRevision })).rejects.toMatchObject(
        given,
      );
    }
    await expect(
      server.client.tombstoneStream(stream, { expectedRevision: 1n }),
    ).rejects.toMatchObject({ ...wrong, expectedVersion: 1n });
    expect((await read()).revisions).toEqual([0, 1, 2]);
  });

  it('given no stream, then it can be ended for ever but not deleted', async () => {
    const none = { expectedRevision: NO_STREAM } as const;

    await expect(server.client.deleteStream(stream, none)).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 'no_stream',
    });
    expect((await server.client.tombstoneStream(stream, none)).position).toBeDefined();
  });

  it('given the metadata of a stream, then they are not deleted without it', async () => {
    await server.client.setStreamMetadata(stream, { maxCount: 2 });

    await expect(server.client.deleteStream(`$$${stream}`)).rejects.toThrow('INVALID_ARGUMENT');
    expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 2 });
  });

  it('given a tombstone, then nobody reads or writes the stream again', async () => {
    stream += '-ü';
    await append(2);
    await server.client.tombstoneStream(stream, { expectedRevision: ANY });
    const deleted = { type: 'stream-deleted' };

    for (const options of [{}, { credentials: CREDENTIALS }]) {
      await expect(server.client.appendToStream(stream, events(1), options)).rejects.toMatchObject(
        deleted,
      );
    }
    await server.restart();
    await expect(append(1)).rejects.toMatchObject({ ...deleted, streamName: stream });
    await expect(read()).rejects.toMatchObject(deleted);
    await expect(server.client.setStreamMetadata(stream, {})).rejects.toMatchObject(deleted);
    await expect(server.client.deleteStream(stream)).rejects.toMatchObject(deleted);
    await expect(server.client.tombstoneStream(stream)).rejects.toMatchObject(deleted);
    await expect(
      take(server.client.subscribeToStream(stream, { fromRevision: START })),
    ).rejects.toMatchObject(deleted);
  });

  it('given a tombstone, then the whole log shows it at the end of all revisions', async () => {
    await append(1);
    await server.client.tombstoneStream(stream);
    for await (const { event } of server.client.readAll({
      direction: BACKWARDS,
      fromPosition: END,
      maxCount: 1,
    })) {
      expect(event).toMatchObject({
        type: '$streamDeleted',
        streamId: stream,
        revision: 2n ** 63n - 1n,
      });
    }
    expect.assertions(1);
  });

  it('given a subscriber, when its stream is ended for ever, then it is told', async () => {
    await append(1);
    const subscription = server.client.subscribeToStream(stream, { fromRevision: START });
    const failed = expect(take(subscription)).rejects.toMatchObject({ type: 'stream-deleted' });
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await server.client.tombstoneStream(stream);

    await failed;
  });
});
