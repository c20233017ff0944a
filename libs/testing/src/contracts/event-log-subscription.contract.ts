import { setTimeout as delay } from 'node:timers/promises';
import { NO_STREAM, type EventLog, type RecordedEvent, type Subscription } from '@tollgate/ports';
import {
  countUp,
  isInLogOrder,
  markEnd,
  newStream,
  revisionsOf,
  someEvents,
} from './event-log-support';

/** More than one batch may not hold, however far behind the handler is. */
const BATCH_EVENTS_MAX = 10_000;

/** What every event log promises to its subscribers. */
export function describeSubscribing(logOf: () => EventLog): void {
  let log: EventLog;
  let stream: string;
  let start: number;
  let running: Subscription[];

  beforeEach(async () => {
    log = logOf();
    stream = newStream();
    start = await markEnd(log);
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((subscription) => subscription.stop()));
  });

  function subscribe(handle: (events: readonly RecordedEvent[]) => Promise<void>): Subscription {
    const subscription = log.subscribe(start, handle);
    running.push(subscription);
    return subscription;
  }

  function record(seen: RecordedEvent[]): Subscription {
    return subscribe(async (events) => void seen.push(...events));
  }

  it('given stored events, when subscribed, then they come in order', async () => {
    await log.append(stream, NO_STREAM, someEvents(3));
    await log.append(stream, 2, someEvents(3, 3));
    const seen: RecordedEvent[] = [];
    await record(seen).caughtUp();

    expect(revisionsOf(seen)).toEqual(countUp(6));
  });

  it('given a subscription, when events are appended, then they come in order', async () => {
    const seen: RecordedEvent[] = [];
    const subscription = record(seen);
    await log.append(stream, NO_STREAM, someEvents(3));
    await log.append(stream, 2, someEvents(3, 3));
    await subscription.caughtUp();

    expect(revisionsOf(seen)).toEqual(countUp(6));
    expect(seen[0]).toMatchObject({ stream, id: 'e0', data: '{"n":0}', metadata: '{"at":0}' });
  });

  it('given a position amid an append, when subscribed, then the rest comes', async () => {
    const { position } = await log.append(stream, NO_STREAM, someEvents(1));
    await log.append(stream, 0, someEvents(5, 1));
    const seen: RecordedEvent[] = [];
    await record(seen).caughtUp();
    start = seen[2]!.position;
    const later: RecordedEvent[] = [];
    await record(later).caughtUp();

    expect(seen[0]!.position).toBe(position);
    expect(revisionsOf(later)).toEqual([3, 4, 5]);
  });

  it('given nothing to catch up with, when asked, then it is caught up', async () => {
    await expect(record([]).caughtUp()).resolves.toBeUndefined();
  });

  it('given appends all the while, when subscribed, then none is lost or doubled', async () => {
    const streams = countUp(4).map(newStream);
    const seen: RecordedEvent[] = [];
    const appending = streams.map(async (name) => {
      for (const n of countUp(50)) await log.append(name, 5 * n - 1, someEvents(5, 5 * n));
    });
    await delay(2);
    const subscription = record(seen);
    await Promise.all(appending);
    await subscription.caughtUp();

    expect(isInLogOrder(seen)).toBe(true);
    for (const name of streams) {
      expect(revisionsOf(seen.filter((event) => event.stream === name))).toEqual(countUp(250));
    }
  });

  it('given a handler that throws, when it is called again, then with the same batch', async () => {
    await log.append(stream, NO_STREAM, someEvents(3));
    const calls: (readonly number[])[] = [];
    await subscribe(async (events) => {
      calls.push(revisionsOf(events));
      if (calls.length < 3) throw new Error('not yet');
    }).caughtUp();

    expect(calls[1]).toEqual(calls[0]);
    expect(calls[2]).toEqual(calls[0]);
    expect(calls.slice(2).flat()).toEqual([0, 1, 2]);
  });

  it('given a slow handler, when batches queue up, then one at a time, none too big', async () => {
    const seen: RecordedEvent[] = [];
    const sizes: number[] = [];
    let handlers = 0;
    const subscription = subscribe(async (events) => {
      handlers += 1;
      expect(handlers).toBe(1);
      await delay(20);
      seen.push(...events);
      sizes.push(events.length);
      handlers -= 1;
    });
    for (const n of countUp(25)) await log.append(stream, 1_000 * n - 1, someEvents(1_000));
    await subscription.caughtUp();

    expect(revisionsOf(seen)).toEqual(countUp(25_000));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH_EVENTS_MAX);
  });

  it('given a handler at work, when stopped, then it is waited for and the last', async () => {
    const done: string[] = [];
    const entered = new Promise<Subscription>((resolve) => {
      const subscription = subscribe(async () => {
        resolve(subscription);
        await delay(30);
        done.push('handled');
      });
    });
    await log.append(stream, NO_STREAM, someEvents(1));
    await (await entered).stop();
    done.push('stopped');
    await log.append(stream, 0, someEvents(1, 1));
    await delay(30);

    expect(done).toEqual(['handled', 'stopped']);
  });

  it('given a handler that keeps throwing, when stopped, then it stops', async () => {
    await log.append(stream, NO_STREAM, someEvents(1));
    const subscription = subscribe(() => Promise.reject(new Error('never')));
    await delay(5);

    await expect(subscription.stop()).resolves.toBeUndefined();
  });

  it('given two subscribers, when events are appended, then both get all', async () => {
    const [first, second]: [RecordedEvent[], RecordedEvent[]] = [[], []];
    const subscriptions = [record(first), record(second)];
    await log.append(stream, NO_STREAM, someEvents(3));
    await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));

    expect(revisionsOf(first)).toEqual([0, 1, 2]);
    expect(revisionsOf(second)).toEqual([0, 1, 2]);
  });
}
