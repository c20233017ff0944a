import {
  APPEND_BYTES_MAX,
  APPEND_EVENTS_MAX,
  NO_STREAM,
  WrongExpectedRevision,
  type EventLog,
} from '@tollgate/ports';
import { collect, newStream, revisionsOf, someEvents, countUp } from './event-log-support';

/** What every event log promises to those who append. */
export function describeAppending(logOf: () => EventLog): void {
  let log: EventLog;
  let stream: string;

  beforeEach(() => {
    log = logOf();
    stream = newStream();
  });

  describe('given a stream that does not exist', () => {
    it('when appended expecting no stream, then events count from revision 0', async () => {
      const appended = await log.append(stream, NO_STREAM, someEvents(3));

      expect(appended.revision).toBe(2);
      expect(revisionsOf(await collect(log.readStream(stream)))).toEqual([0, 1, 2]);
    });

    it('when a revision is expected, then it is refused with the actual -1', async () => {
      const appending = log.append(stream, 4, someEvents(1));

      await expect(appending).rejects.toMatchObject({ stream, expected: 4, actual: NO_STREAM });
      await expect(appending).rejects.toBeInstanceOf(WrongExpectedRevision);
      expect(await collect(log.readStream(stream))).toEqual([]);
    });

    it('when two appends race for it, then exactly one wins', async () => {
      const racing = [log.append(stream, NO_STREAM, someEvents(2))];
      racing.push(log.append(stream, NO_STREAM, someEvents(2, 100)));
      const results = await Promise.allSettled(racing);

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(results).toContainEqual(
        expect.objectContaining({ reason: expect.any(WrongExpectedRevision) }),
      );
      expect(await collect(log.readStream(stream))).toHaveLength(2);
    });
  });

  describe('given a stream that ends at revision 2', () => {
    beforeEach(async () => {
      await log.append(stream, NO_STREAM, someEvents(3));
    });

    it('when appended expecting revision 2, then the events follow', async () => {
      const appended = await log.append(stream, 2, someEvents(2, 3));

      expect(appended.revision).toBe(4);
      const ids = (await collect(log.readStream(stream))).map(({ id }) => id);
      expect(ids).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
    });

    it.each([NO_STREAM, 1, 3])(
      'when appended expecting %i, then nothing changes',
      async (wrong) => {
        const appending = log.append(stream, wrong, someEvents(1, 3));

        await expect(appending).rejects.toMatchObject({ stream, expected: wrong, actual: 2 });
        await expect(appending).rejects.toBeInstanceOf(WrongExpectedRevision);
        expect(await collect(log.readStream(stream))).toHaveLength(3);
      },
    );

    it('when many appends race for revision 2, then exactly one wins', async () => {
      const racers = countUp(20).map((n) => log.append(stream, 2, someEvents(2, 10 * n)));
      const results = await Promise.allSettled(racers);

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(revisionsOf(await collect(log.readStream(stream)))).toEqual([0, 1, 2, 3, 4]);
    });
  });

  describe('given the limits of an append', () => {
    const oneEvent = (data: string): Parameters<EventLog['append']>[2] => [
      { id: 'big', type: 'SomethingBigHappened', data, metadata: '{}' },
    ];

    it('when as many events as allowed are appended, then they are taken', async () => {
      const { revision } = await log.append(stream, NO_STREAM, someEvents(APPEND_EVENTS_MAX));

      expect(revision).toBe(APPEND_EVENTS_MAX - 1);
    });

    it.each([
      ['no events', someEvents(0)],
      ['too many events', someEvents(APPEND_EVENTS_MAX + 1)],
      ['too many bytes', oneEvent(`"${'x'.repeat(APPEND_BYTES_MAX)}"`)],
      ['too many bytes in few characters', oneEvent(`"${'é'.repeat(APPEND_BYTES_MAX / 2)}"`)],
    ])('when %s are appended, then it is refused and nothing changes', async (_, events) => {
      await expect(log.append(stream, NO_STREAM, events)).rejects.toThrow(RangeError);
      expect(await collect(log.readStream(stream))).toEqual([]);
    });

    it('when as many bytes as allowed are appended, then they read back', async () => {
      const data = `"${'é'.repeat((APPEND_BYTES_MAX - 4) / 2)}"`;
      await log.append(stream, NO_STREAM, oneEvent(data));

      expect((await collect(log.readStream(stream)))[0]?.data).toBe(data);
    });
  });
}
