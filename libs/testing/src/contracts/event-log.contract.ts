import { NO_STREAM, type EventLog } from '@tollgate/ports';
import { describeAppending } from './event-log-append.contract';
import { describeReading } from './event-log-reading.contract';
import { describeSubscribing } from './event-log-subscription.contract';
import {
  collect,
  countUp,
  newStream,
  revisionsOf,
  someEvents,
  type CreateEventLog,
  type EventLogUnderTest,
} from './event-log-support';

/** The promises of the EventLog port, tested on whatever `create` gives. */
export function describeEventLog(name: string, create: CreateEventLog): void {
  describe(`event log: ${name}`, () => {
    let underTest: EventLogUnderTest;

    beforeAll(async () => {
      underTest = await create();
    });

    afterAll(() => underTest.close());

    describe('appending', () => describeAppending(() => underTest.log));
    describe('reading', () => describeReading(() => underTest.log));
    describe('subscribing', () => describeSubscribing(() => underTest.log));
  });
}

/** What a log promises in addition whose events outlive it. */
export function describeDurableEventLog(name: string, create: CreateEventLog): void {
  describe(`durable event log: ${name}`, () => {
    let underTest: EventLogUnderTest;
    let stream: string;
    let reopened: EventLog;

    beforeAll(async () => {
      underTest = await create();
      stream = newStream();
      for (const n of countUp(10)) {
        await underTest.log.append(stream, 3 * n - 1, someEvents(3, 3 * n));
      }
      reopened = await underTest.reopen!();
    });

    afterAll(() => underTest.close());

    it('given a log opened again, when it is read, then every event is there', async () => {
      expect(revisionsOf(await collect(reopened.readStream(stream)))).toEqual(countUp(30));
    });

    it('given a log opened again, when appended to, then streams and positions go on', async () => {
      const before = await collect(reopened.readStream(stream));
      await expect(reopened.append(stream, NO_STREAM, someEvents(1, 30))).rejects.toMatchObject({
        actual: 29,
      });
      const { revision, position } = await reopened.append(stream, 29, someEvents(1, 30));

      expect(revision).toBe(30);
      expect(position).toBeGreaterThan(before[29]!.position);
    });
  });
}
