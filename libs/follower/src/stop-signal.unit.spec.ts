import { ManualTimer } from '@tollgate/testing';
import { WorkStopped, StopSignal } from './stop-signal';

const never = new Promise<never>(() => undefined);

describe('a stop signal', () => {
  it('hands on what a promise comes to', async () => {
    const signal = new StopSignal();
    await expect(signal.interrupt(Promise.resolve(7))).resolves.toBe(7);
    await expect(signal.interrupt(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('interrupts every wait, and all later ones', async () => {
    const signal = new StopSignal();
    const waits = [signal.interrupt(never), signal.sleep(10, new ManualTimer().timer)];
    expect(signal.isRaised).toBe(false);
    signal.raise();
    expect(signal.isRaised).toBe(true);
    for (const wait of [...waits, signal.interrupt(never)]) {
      await expect(wait).rejects.toThrow(WorkStopped);
    }
    expect(() => signal.throwIfRaised()).toThrow(WorkStopped);
  });

  it('does not let an interrupted promise fail unheard', async () => {
    const signal = new StopSignal();
    let fail = (_error: Error): void => undefined;
    const wait = signal.interrupt(new Promise((_resolve, reject) => (fail = reject)));
    signal.raise();
    await expect(wait).rejects.toThrow(WorkStopped);
    fail(new Error('too late'));
    await new Promise(setImmediate);
  });

  it('leaves no timer behind', async () => {
    const signal = new StopSignal();
    const manual = new ManualTimer();
    const sleep = signal.sleep(10, manual.timer);
    await manual.pass(10);
    await sleep;
    const interrupted = signal.sleep(10, manual.timer);
    signal.raise();
    await expect(interrupted).rejects.toThrow(WorkStopped);
    expect(manual.size).toBe(0);
  });
});
