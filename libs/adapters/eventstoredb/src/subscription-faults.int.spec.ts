import { setTimeout as delay } from 'node:timers/promises';
import { NO_STREAM, type RecordedEvent, type Subscription } from '@tollgate/ports';
import { newStream, revisionsOf, someEvents, type DevstoreProcess } from '@tollgate/testing';
import type { EventStoreDbEventLog } from '.';
import { logOn, startedDevstore } from '../test/server';

describe('given a subscription to an event store that fails', () => {
  let devstore: DevstoreProcess;
  let log: EventStoreDbEventLog;
  let writing: EventStoreDbEventLog;
  let seen: RecordedEvent[];
  let subscription: Subscription;

  beforeEach(async () => {
    devstore = await startedDevstore();
    log = logOn(devstore);
    writing = logOn(devstore);
    seen = [];
    subscription = log.subscribe(0, async (events) => void seen.push(...events));
  });

  afterEach(async () => {
    await log.close();
    await writing.close();
    await devstore.remove();
  });

  const append = (stream: string, from: number, count: number): Promise<unknown> =>
    writing.append(stream, from - 1, someEvents(count, from));

  it.each(['kill', 'stop'] as const)(
    'when the server ends (%s) and comes back, then nothing is lost or doubled',
    async (how) => {
      const stream = newStream();
      await append(stream, 0, 700);
      await subscription.caughtUp();
      await devstore[how]();
      await delay(100);
      await devstore.start();
      await append(stream, 700, 700);
      await subscription.caughtUp();

      expect(revisionsOf(seen)).toEqual([...Array(1_400).keys()]);
    },
  );

  it('when the server ends while a handler is at work, then the same', async () => {
    const slow: RecordedEvent[] = [];
    const stream = newStream();
    await append(stream, 0, 3_000);
    const following = log.subscribe(0, async (events) => {
      await delay(50);
      slow.push(...events);
    });
    await delay(120);
    await devstore.kill();
    await devstore.start();
    await following.caughtUp();

    expect(revisionsOf(slow)).toEqual([...Array(3_000).keys()]);
  });

  it('when asked while the server is away, then it has caught up once it is back', async () => {
    await append(newStream(), 0, 3);
    await devstore.kill();
    const catchingUp = subscription.caughtUp();
    await delay(100);
    await devstore.start();
    await catchingUp;

    expect(seen).toHaveLength(3);
  });

  it('when stopped while the server is away, then it stops', async () => {
    await devstore.kill();
    await delay(50);
    const catchingUp = subscription.caughtUp().catch(() => 'stopped');

    await expect(subscription.stop()).resolves.toBeUndefined();
    await expect(Promise.race([catchingUp, delay(5_000, 'hangs')])).resolves.not.toBe('hangs');
  });

  it('when others write much that is not ours, then it comes by none of it', async () => {
    const others = logOn(devstore);
    for (let n = 0; n < 4; n += 1) {
      await others.append(`other-${n}`, NO_STREAM, someEvents(1_000));
      await append(newStream(), 0, 1);
    }
    await subscription.caughtUp();
    await others.close();

    expect(seen.map(({ id }) => id)).toEqual(['e0', 'e0', 'e0', 'e0']);
  });
});
