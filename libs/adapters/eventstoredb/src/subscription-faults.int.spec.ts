import { setTimeout as delay } from 'node:timers/promises';
import { NO_STREAM, type RecordedEvent, type Subscription } from '@tollgate/ports';
import { newStream, revisionsOf, someEvents, describeWithDevstoreProcess } from '@tollgate/testing';
import type { EventStoreDbEventLog } from '.';
import { logOn } from '../test/log-on';

describeWithDevstoreProcess('given a subscription to a store that fails', (server) => {
  let log: EventStoreDbEventLog;
  let writing: EventStoreDbEventLog;
  let start: number;
  let seen: RecordedEvent[];
  let subscription: Subscription;

  beforeEach(async () => {
    if (server().pid === undefined) await server().start();
    log = logOn(server());
    writing = logOn(server());
    seen = [];
    start = (await writing.append(newStream(), NO_STREAM, someEvents(1))).position;
    subscription = log.subscribe(start, async (events) => void seen.push(...events));
  });

  afterEach(async () => {
    await log.close();
    await writing.close();
  });

  const append = (stream: string, from: number, count: number): Promise<unknown> =>
    writing.append(stream, from - 1, someEvents(count, from));

  it.each(['kill', 'stop'] as const)(
    'when the server ends (%s) and comes back, then nothing is lost or doubled',
    async (how) => {
      const stream = newStream();
      await append(stream, 0, 700);
      await subscription.caughtUp();
      await server()[how]();
      await delay(100);
      await server().start();
      await append(stream, 700, 700);
      await subscription.caughtUp();

      expect(revisionsOf(seen)).toEqual([...Array(1_400).keys()]);
    },
  );

  it('when the server ends while a handler is at work, then the same', async () => {
    const slow: RecordedEvent[] = [];
    const stream = newStream();
    await append(stream, 0, 3_000);
    const following = log.subscribe(start, async (events) => {
      await delay(50);
      slow.push(...events);
    });
    await delay(120);
    await server().kill();
    await server().start();
    await following.caughtUp();

    expect(revisionsOf(slow)).toEqual([...Array(3_000).keys()]);
  });

  it('when the server ends it amid events, then nothing is lost or doubled', async () => {
    const stream = newStream();
    for (let n = 0; n < 20; n += 1) {
      await append(stream, 100 * n, 100);
      if (n % 5 === 2) await server().setFaults({ cutReads: true });
    }
    await subscription.caughtUp();

    expect(revisionsOf(seen)).toEqual([...Array(2_000).keys()]);
  });

  it('when asked while the server is away, then it has caught up once it is back', async () => {
    await append(newStream(), 0, 3);
    await server().kill();
    const catchingUp = subscription.caughtUp();
    await delay(100);
    await server().start();
    await catchingUp;

    expect(seen).toHaveLength(3);
  });

  it('when stopped while the server is away, then it stops', async () => {
    await server().kill();
    await delay(50);
    const catchingUp = subscription.caughtUp().catch(() => 'stopped');

    await expect(subscription.stop()).resolves.toBeUndefined();
    await expect(Promise.race([catchingUp, delay(5_000, 'hangs')])).resolves.not.toBe('hangs');
  });

  it('when others write much that is not ours, then it comes by none of it', async () => {
    const others = logOn(server());
    for (let n = 0; n < 4; n += 1) {
      await others.append(`other-${n}`, NO_STREAM, someEvents(1_000));
      await append(newStream(), 0, 1);
    }
    await subscription.caughtUp();
    await others.close();

    expect(seen.map(({ id }) => id)).toEqual(['e0', 'e0', 'e0', 'e0']);
  });
});
