/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { ANY, NO_STREAM, STREAM_EXISTS, binaryEvent, jsonEvent } from '@eventstore/db-client';
import type { AppendExpectedRevision } from '@eventstore/db-client';
import { CREDENTIALS, events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

describe.each([
  ['a stream of appends', {}],
  ['a call for each append', { credentials: CREDENTIALS }],
])('appends by %s', (_, options) => {
  let server: RunningDevstore;
  let stream: string;
  let streams = 0;

  beforeAll(async () => (server = await RunningDevstore.start()));
  afterAll(() => server.stop());
  beforeEach(() => (stream = `team-${(streams += 1)}`));

  const append = (
    made: ReturnType<typeof events>,
    expectedRevision: AppendExpectedRevision,
  ): ReturnType<typeof server.client.appendToStream> =>
    server.client.appendToStream(stream, made, { expectedRevision, ...options });

  it('given a new stream, then no stream, any revision and none other are right', async () => {
    for (const expected of [STREAM_EXISTS, 0n, 5n] as const) {
      await expect(append(events(1), expected)).rejects.toMatchObject({
        type: 'wrong-expected-version',
        streamName: stream,
        expectedVersion: expected,
        actualVersion: 'no_stream',
      });
    }
    expect(await append(events(2), NO_STREAM)).toMatchObject({
      success: true,
      nextExpectedRevision: 1n,
    });
    stream += '-b';
    expect(await append(events(3), ANY)).toMatchObject({ nextExpectedRevision: 2n });
  });

  it('given a stream, then its end, any revision and its existence are right', async () => {
    await append(events(2), NO_STREAM);

    expect(await append(events(1), 1n)).toMatchObject({ nextExpectedRevision: 2n });
    expect(await append(events(1), ANY)).toMatchObject({ nextExpectedRevision: 3n });
    expect(await append(events(1), STREAM_EXISTS)).toMatchObject({ nextExpectedRevision: 4n });
    for (const expected of [NO_STREAM, 0n, 3n, 5n] as const) {
      await expect(append(events(1), expected)).rejects.toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: expected,
        actualVersion: 4n,
      });
    }
  });

  it('given an append, when it is repeated, then it has the same answer once more', async () => {
    const made = events(3);
    for (const expected of [NO_STREAM, ANY, STREAM_EXISTS] as const) {
      const first = await append(made, expected);
      await append(events(1), ANY);

      expect(await append(made, expected)).toEqual(first);
      expect(await append(made, expected)).toEqual(first);
      stream += 'b';
      if (expected === ANY) await append(events(1), NO_STREAM);
      made.splice(0, 3, ...events(3));
    }
  });

  it('given an append at a revision, when it is repeated, then it is found there', async () => {
    await append(events(4), NO_STREAM);
    const made = events(3);
    const first = await append(made, 3n);
    await append(events(1), 6n);

    expect(await append(made, 3n)).toEqual(first);
    expect(await append(made.slice(0, 2), 3n)).toMatchObject({ nextExpectedRevision: 5n });
    expect((await take(server.client.readStream(stream))).ids).toHaveLength(8);
  });

  it('given an append, when only a part is repeated, then it is refused', async () => {
    const made = events(2);
    await append(made, NO_STREAM);
    const wrong = { type: 'wrong-expected-version', actualVersion: 1n };

    for (const expected of [NO_STREAM, ANY] as const) {
      await expect(append([...made, ...events(1)], expected)).rejects.toMatchObject(wrong);
      await expect(append([made[0]!, ...events(1)], expected)).rejects.toMatchObject(wrong);
    }
    await expect(append([...made].reverse(), NO_STREAM)).rejects.toMatchObject(wrong);
    expect((await take(server.client.readStream(stream))).ids).toEqual(idsOf(made));
  });

  it('given ids of another stream, then they are new to this one', async () => {
    const made = events(2);
    await append(made, ANY);
    stream += '-b';

    expect(await append(made, ANY)).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('given appends without waiting, then a stream has them in the order sent', async () => {
    const made = events(100);
    const answers = await Promise.all(
      made.map((event, n) => append([event], n === 0 ? NO_STREAM : BigInt(n - 1))),
    );

    expect(answers.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual(
      made.map((_event, n) => BigInt(n)),
    );
    expect((await take(server.client.readStream(stream))).ids).toEqual(idsOf(made));
  });

  it('given an append and its repetition without waiting, then it is stored once', async () => {
    const made = events(2);
    const [first, second] = await Promise.all([append(made, NO_STREAM), append(made, NO_STREAM)]);
    const more = events(1);
    const [third, fourth] = await Promise.all([append(more, ANY), append(more, ANY)]);

    expect([second, fourth]).toEqual([first, third]);
    expect((await take(server.client.readStream(stream))).revisions).toEqual([0, 1, 2]);
  });

  it('given content of every kind, then it comes back as it was', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const text = 'Grüße 世界 😀 \u0000 " \\';
    await server.client.appendToStream(
      stream,
      [
        jsonEvent({ type: 'Ünï', data: { text } }),
        jsonEvent({ type: 'B', data: {}, metadata: bytes }),
        binaryEvent({ type: 'C', data: bytes, metadata: { text } }),
        binaryEvent({ type: 'D', data: new Uint8Array(0) }),
      ],
      options,
    );
    const read = [];
    for await (const { event } of server.client.readStream(stream)) read.push(event!);

    expect(read.map(({ type, isJson }) => [type, isJson])).toEqual([
      ...[
        ['Ünï', true],
        ['B', true],
      ],
      ...[
        ['C', false],
        ['D', false],
      ],
    ]);
    expect(read[0]).toMatchObject({ data: { text }, metadata: undefined, streamId: stream });
    expect(Buffer.from(read[1]!.metadata as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(read[2]!.data as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(read[2]!.metadata).toEqual({ text });
    expect(Math.abs(read[0]!.created.getTime() - Date.now())).toBeLessThan(10_000);
  });

  it('given 1 MiB, then it is stored, and a byte more is refused with the limit', async () => {
    const type = 'Large';
    const sized = (bytes: number): ReturnType<typeof binaryEvent> =>
      binaryEvent({ type, data: Buffer.alloc(bytes - 2 * type.length) });
    const limit = 1_024 * 1_024;

    await expect(
      server.client.appendToStream(stream, sized(limit + 1), options),
    ).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: limit,
    });
    expect(await server.client.appendToStream(stream, sized(limit), options)).toMatchObject({
      success: true,
    });
  });

  it('given many small events, then they are one append', async () => {
    const made = events(4_500);

    expect(await append(made, NO_STREAM)).toMatchObject({ nextExpectedRevision: 4_499n });
    expect(await append(made, NO_STREAM)).toMatchObject({ nextExpectedRevision: 4_499n });
  });

  it('given no events, then the answer is where the stream ends', async () => {
    await append(events(3), NO_STREAM);

    expect(await append([], 2n)).toMatchObject({ success: true, nextExpectedRevision: 2n });
  });

  it('given a stream name that can not be kept, then it is refused', async () => {
    stream = 'x'.repeat(2_000);

    await expect(append(events(1), ANY)).rejects.toThrow();
    stream = '$all';
    await expect(append(events(1), ANY)).rejects.toThrow();
  });
});
