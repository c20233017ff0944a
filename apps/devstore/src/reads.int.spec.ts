/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client';
import type { JSONEventData, Position } from '@eventstore/db-client';
import { events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

describe('reading', () => {
  const made: JSONEventData[] = events(5_000);
  let server: RunningDevstore;

  beforeAll(async () => {
    server = await RunningDevstore.start();
    for (let at = 0; at < made.length; at += 1_000) {
      await server.client.appendToStream(`s-${(at / 1_000) % 2}`, made.slice(at, at + 1_000));
    }
  });
  afterAll(() => server.stop());

  const revisions = async (options: object): Promise<number[]> =>
    (await take(server.client.readStream('s-0', options))).revisions;

  it.each([
    [{ fromRevision: START, maxCount: 3 }, [0, 1, 2]],
    [{ fromRevision: 1_999n, maxCount: 2 }, [1_999, 2_000]],
    [{ fromRevision: 2_998n }, [2_998, 2_999]],
    [{ fromRevision: 3_000n }, []],
    [{ fromRevision: END }, []],
    [{ direction: BACKWARDS, fromRevision: END, maxCount: 2 }, [2_999, 2_998]],
    [{ direction: BACKWARDS, fromRevision: 1_000n, maxCount: 3 }, [1_000, 999, 998]],
    [{ direction: BACKWARDS, fromRevision: 1n }, [1, 0]],
    [{ direction: BACKWARDS, fromRevision: 9_999n, maxCount: 1 }, [2_999]],
    [{ direction: BACKWARDS, fromRevision: START }, [0]],
  ])('given a stream, when read with %j, then %j', async (options, expected) => {
    expect(await revisions(options)).toEqual(expected);
  });

  it('given a long stream, then it is read whole, both ways', async () => {
    const forwards = await revisions({});

    expect(forwards).toEqual(forwards.map((_, index) => index));
    expect(forwards).toHaveLength(3_000);
    expect(await revisions({ direction: BACKWARDS, fromRevision: END })).toEqual(
      forwards.reverse(),
    );
  });

  it('given no stream, then it is not found', async () => {
    const read = take(server.client.readStream('nobody'));

    await expect(read).rejects.toMatchObject({ type: 'stream-not-found', streamName: 'nobody' });
  });

  it('given the whole log, then it is read in order, both ways', async () => {
    const forwards = await take(server.client.readAll());
    const backwards = await take(
      server.client.readAll({ direction: BACKWARDS, fromPosition: END }),
    );

    expect(forwards.ids).toEqual(idsOf(made));
    expect(backwards.ids).toEqual(idsOf(made).reverse());
  });

  it('given a position, then it is included forwards and left out backwards', async () => {
    const positions: Position[] = [];
    for await (const { event } of server.client.readAll({ maxCount: 3 })) {
      positions.push(event!.position!);
    }
    const from = (direction: typeof FORWARDS | typeof BACKWARDS) =>
      take(server.client.readAll({ direction, fromPosition: positions[2]!, maxCount: 2 }));

    expect(positions[0]!.commit).toBeGreaterThan(0n);
    expect((await from(FORWARDS)).ids).toEqual(idsOf(made.slice(2, 4)));
    expect((await from(BACKWARDS)).ids).toEqual(idsOf(made.slice(0, 2)).reverse());
  });

  it('given the end of the log, then nothing follows it', async () => {
    expect((await take(server.client.readAll({ fromPosition: END }))).ids).toEqual([]);
  });

  it('given a reader that leaves, then the server goes on', async () => {
    for (let round = 0; round < 5; round += 1) {
      const read = server.client.readAll();
      await take(read, 3);
    }
    expect((await take(server.client.readAll())).ids).toHaveLength(5_000);
  });
});
