import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { NO_STREAM, type Log } from '@tollgate/ports';
import { LogFollower } from './log-follower';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a follower of the log', () => {
  let events: InMemoryEventLog;
  let checkpoints: InMemoryCheckpoints;
  let handled: string[];

  beforeEach(() => {
    events = new InMemoryEventLog();
    checkpoints = new InMemoryCheckpoints();
    handled = [];
  });

  const append = (id: string): Promise<unknown> =>
    events.append(id, NO_STREAM, [{ id, type: 'T', data: '{}', metadata: '{}' }]);

  function follower(failures = 0): LogFollower {
    let left = failures;
    return new LogFollower(
      { events, checkpoints, log: silent },
      {
        consumer: 'spec',
        handle: async (batch) => {
          if ((left -= 1) >= 0) throw new Error('not now');
          handled.push(...batch.map(({ id }) => id));
        },
      },
    );
  }

  it('given events, when one follower takes over from another, then each comes once', async () => {
    const first = follower();
    await first.start();
    await append('a');
    await first.caughtUp();
    await first.stop();
    await append('b');
    const second = follower();
    await second.start();
    await second.caughtUp();
    await second.stop();

    expect(handled).toEqual(['a', 'b']);
    expect(await checkpoints.load('spec')).toBe(2);
  });

  it('given a handler that fails, then nothing is passed over', async () => {
    await append('a');
    const failing = follower(2);
    await failing.start();
    await failing.caughtUp();
    await failing.stop();

    expect(handled).toEqual(['a']);
  });

  it('given it was stopped before a batch was handled, then the batch comes again', async () => {
    await append('a');
    const dying = follower(Infinity);
    await dying.start();
    await dying.stop();
    expect(await checkpoints.load('spec')).toBe(0);
    const next = follower();
    await next.start();
    await next.caughtUp();
    await next.stop();

    expect(handled).toEqual(['a']);
  });
});
