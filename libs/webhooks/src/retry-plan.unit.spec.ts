import { AGE_MS_MAX, RETRY_MS, isTooOld, postponedTo, retryAt } from './retry-plan';

const MINUTE_MS = 60_000;
const now = 1_767_571_200_000;

describe('the plan of retries', () => {
  it('waits 1, 5 and 15 minutes, 1 hour and 4 hours', () => {
    const waits = [1, 2, 3, 4, 5].map((attempts) => retryAt(attempts, { now, chance: 0 })! - now);
    expect(waits).toEqual([1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS));
    expect(waits).toEqual(RETRY_MS);
  });

  it('ends after the sixth attempt', () => {
    expect(retryAt(6, { now, chance: 0 })).toBeUndefined();
  });

  it('adds up to a tenth of chance', () => {
    const latest = retryAt(5, { now, chance: 0.999_999 })! - now;
    expect(latest).toBeGreaterThan(263 * MINUTE_MS);
    expect(latest).toBeLessThanOrEqual(264 * MINUTE_MS);
  });

  it('puts off what was not tried for a minute', () => {
    expect(postponedTo({ now, chance: 0 })).toBe(now + MINUTE_MS);
    expect(postponedTo({ now, chance: 0.5 })).toBe(now + 1.05 * MINUTE_MS);
  });

  it('is over an hour after its last attempt at the earliest', () => {
    expect(AGE_MS_MAX).toBe((5 * 60 + 21 + 60) * MINUTE_MS);
    expect(isTooOld(now - AGE_MS_MAX, now)).toBe(false);
    expect(isTooOld(now - AGE_MS_MAX - 1, now)).toBe(true);
  });

  it('leaves time for the last attempt, however the chances fall', () => {
    const longest = RETRY_MS.reduce((sum, wait) => sum + 1.1 * wait, 0);
    expect(longest).toBeLessThan(AGE_MS_MAX);
  });
});
