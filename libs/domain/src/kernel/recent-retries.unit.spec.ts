import { RETRY_WINDOW_MS, RecentRetries } from './recent-retries';

describe('recent retries', () => {
  it('find a request for two minutes', () => {
    const retries = new RecentRetries();
    retries.remember('a', 7, 1_000);
    expect(retries.find('a', 1_000)).toBe(7);
    expect(retries.find('a', 1_000 + RETRY_WINDOW_MS)).toBe(7);
    expect(retries.find('a', 1_001 + RETRY_WINDOW_MS)).toBeUndefined();
    expect(retries.find('b', 1_000)).toBeUndefined();
  });

  it('count two minutes from the latest of equal requests', () => {
    const retries = new RecentRetries();
    retries.remember('a', 7, 0);
    retries.remember('b', 8, 1);
    retries.remember('a', 9, RETRY_WINDOW_MS);
    expect(retries.find('a', 2 * RETRY_WINDOW_MS)).toBe(9);
    expect(retries.entries().map(([fingerprint]) => fingerprint)).toEqual(['b', 'a']);
  });

  it('drop what can no longer be found', () => {
    const retries = new RecentRetries();
    retries.remember('a', 1, 0);
    retries.remember('b', 2, 1);
    retries.remember('c', 3, RETRY_WINDOW_MS + 1);
    expect(retries.entries().map(([fingerprint]) => fingerprint)).toEqual(['b', 'c']);
  });

  it('keep the latest 10,000', () => {
    const retries = new RecentRetries();
    for (let at = 0; at < 10_003; at += 1) retries.remember(`${at}`, at, 0);
    expect(retries.entries()).toHaveLength(10_000);
    expect(retries.find('2', 0)).toBeUndefined();
    expect(retries.find('3', 0)).toBe(3);
  });
});
