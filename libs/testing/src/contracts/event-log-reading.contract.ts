import { NO_STREAM, type EventLog, type RecordedEvent } from '@tollgate/ports';
import {
  collect,
  countUp,
  idsOf,
  isInLogOrder,
  markEnd,
  newStream,
  revisionsOf,
  someEvents,
} from './event-log-support';

const PECULIAR = JSON.stringify({
  text: 'žluťoučký 🐎 \u0000 \u2028 "\\',
  big: 2 ** 53 - 1,
  a: [],
});

/** What every event log promises to those who read. */
export function describeReading(logOf: () => EventLog): void {
  let log: EventLog;
  let stream: string;

  beforeEach(() => {
    log = logOf();
    stream = newStream();
  });

  it('given no such stream, when it is read, then there are no events', async () => {
    expect(await collect(log.readStream(stream))).toEqual([]);
  });

  it('given an event, when it is read, then it is the one appended, byte for byte', async () => {
    const event = { id: '01X/0', type: 'Peculiar', data: PECULIAR, metadata: `{"m":${PECULIAR}}` };
    const { position } = await log.append(stream, NO_STREAM, [event]);

    const [read] = await collect(log.readStream(stream));
    expect(read).toMatchObject({ ...event, stream, revision: 0, position });
  });

  describe('given a stream of three appends', () => {
    beforeEach(async () => {
      await log.append(stream, NO_STREAM, someEvents(3));
      await log.append(stream, 2, someEvents(4, 3));
      await log.append(stream, 6, someEvents(2, 7));
    });

    it.each([0, 1, 2, 3, 5, 7, 8])(
      'when it is read from %i, then all that follow come',
      async (from) => {
        const events = await collect(log.readStream(stream, from));

        expect(revisionsOf(events)).toEqual(countUp(9 - from, from));
        expect(idsOf(events)).toEqual(revisionsOf(events).map((revision) => `e${revision}`));
      },
    );

    it.each([9, 1_000])('when it is read from %i, then there are no events', async (from) => {
      expect(await collect(log.readStream(stream, from))).toEqual([]);
    });
  });

  it('given a long stream, when it is read, then no event is missing between batches', async () => {
    for (const n of countUp(8)) await log.append(stream, 700 * n - 1, someEvents(700, 700 * n));

    expect(revisionsOf(await collect(log.readStream(stream)))).toEqual(countUp(5_600));
    expect(revisionsOf(await collect(log.readStream(stream, 5_001)))).toEqual(countUp(599, 5_001));
  });

  it('given streams alike in name, when one is read, then only its events come', async () => {
    await log.append(stream, NO_STREAM, someEvents(2));
    await log.append(`${stream}0`, NO_STREAM, someEvents(2));
    await log.append(stream.slice(0, -1), NO_STREAM, someEvents(2));

    const events = await collect(log.readStream(stream));
    expect(events.map((event) => event.stream)).toEqual([stream, stream]);
  });

  describe('given appends to several streams', () => {
    let start: number;
    let all: readonly RecordedEvent[];

    beforeEach(async () => {
      start = await markEnd(log);
      const streams = [newStream(), newStream(), newStream()];
      for (const n of countUp(4)) {
        await Promise.all(streams.map((name) => log.append(name, 5 * n - 1, someEvents(5, 5 * n))));
      }
      all = await collect(log.readAll(start));
    });

    it('when the log is read, then every event comes once, positions growing', () => {
      expect(all).toHaveLength(60);
      expect(isInLogOrder(all)).toBe(true);
      expect(all[0]!.position).toBeGreaterThan(start);
    });

    it('when the log is read after any position, then exactly those above it come', async () => {
      for (const after of [1, 4, 5, 23, 58]) {
        const rest = await collect(log.readAll(all[after]!.position));
        expect(rest.map(({ position }) => position)).toEqual(
          all.slice(after + 1).map(({ position }) => position),
        );
      }
    });

    it('when the log is read after its end, then there are no events', async () => {
      expect(await collect(log.readAll(all[59]!.position))).toEqual([]);
    });
  });

  it('given an append, when it is read, then its answer named the last event', async () => {
    const appended = await log.append(stream, NO_STREAM, someEvents(5));

    const [last] = (await collect(log.readStream(stream))).slice(-1);
    expect(appended).toEqual({ revision: last!.revision, position: last!.position });
  });
}
