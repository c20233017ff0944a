import { CarrierUnavailable, CommandLogFull, WrongExpectedRevision } from '@tollgate/ports';
import { ManualTimer, noDelay, soon } from '@tollgate/testing';
import { silent } from '../spec/world';
import { compileOptions, type DeliveryOptions } from './options';
import { Persistence } from './persistence';
import { WorkStopped, StopSignal } from '@tollgate/follower';

/** The waits after failures, while a step fails so often. */
async function waitsAfter(
  failures: readonly Error[],
  options: Partial<DeliveryOptions> = {},
): Promise<readonly number[]> {
  const waits: number[] = [];
  const timer: DeliveryOptions['timer'] = (delayMs, callback) => {
    waits.push(delayMs);
    return noDelay(delayMs, callback);
  };
  const compiled = compileOptions({ timer, random: () => 0.999_999, ...options });
  const rest = [...failures];
  await new Persistence(compiled, silent, new StopSignal()).insist('record', 'msg_1', async () => {
    const failure = rest.shift();
    if (failure !== undefined) throw failure;
  });
  return waits;
}

const times = (count: number, failure: Error): Error[] => Array<Error>(count).fill(failure);

describe('a step that fails', () => {
  it('waits twice as long each time, up to a limit', async () => {
    const away = times(6, new CarrierUnavailable('away'));
    expect(await waitsAfter(away, { retryMs: 100, retryMsMax: 1_000 })).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
  });

  it('never waits for ever, however often it failed', async () => {
    const waits = await waitsAfter(times(2_000, new Error('fault')));
    expect(Math.max(...waits)).toBe(30_000);
  });

  it('leaves up to half of the wait to chance', async () => {
    const away = times(2, new CarrierUnavailable('away'));
    expect(await waitsAfter(away, { random: () => 0 })).toEqual([50, 100]);
  });

  it('decides again at once when another writer was there', async () => {
    const raced = times(2, new WrongExpectedRevision('message-1', -1, 0));
    expect(await waitsAfter(raced)).toEqual([0, 200]);
  });

  it('comes back no earlier than a full command log asked', async () => {
    expect(await waitsAfter([new CommandLogFull(5_000)])).toEqual([5_100]);
  });

  it('comes back no earlier than a carrier asked, within reason', async () => {
    const [busy, closed] = [5_000, 7 * 86_400_000].map((ms) => new CarrierUnavailable('no', ms));
    expect(await waitsAfter([busy!, closed!])).toEqual([5_100, 300_200]);
  });

  it('is told, faults louder than what is part of the work', async () => {
    const log = { ...silent, warn: jest.fn(), error: jest.fn() };
    const persistence = new Persistence(compileOptions({ timer: noDelay }), log, new StopSignal());
    const failures = [new CarrierUnavailable('away'), new TypeError('fault')];
    await persistence.insist('carrier', 'msg_1', async () => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    });
    expect(log.warn.mock.calls[0][1]).toMatchObject({ step: 'carrier', messageId: 'msg_1' });
    expect(log.error.mock.calls[0][1]).toMatchObject({ failures: 2, error: expect.any(TypeError) });
  });

  it('is given up when the delivery stops', async () => {
    const stopping = new StopSignal();
    const manual = new ManualTimer();
    const options = compileOptions({ timer: manual.timer });
    const insisting = new Persistence(options, silent, stopping).insist('read', 'm', () =>
      Promise.reject(new Error('fault')),
    );
    await soon();
    expect(manual.size).toBe(1);
    stopping.raise();
    await expect(insisting).rejects.toThrow(WorkStopped);
    expect(manual.size).toBe(0);
  });

  it('is tried once even while the delivery stops', async () => {
    const stopping = new StopSignal();
    stopping.raise();
    const take = jest.fn(async () => undefined);
    await new Persistence(compileOptions({}), silent, stopping).insist('refund', 'm', take);
    expect(take).toHaveBeenCalledTimes(1);
  });
});
