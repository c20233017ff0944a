/** How long an accepted request without an idempotency key can be recognised by its content. */
export const RETRY_WINDOW_MS = 2 * 60_000;
const RETRIES_MAX = 10_000;

export interface RecentRetry {
  readonly revision: number;
  readonly at: number;
}

/**
 * Accepted requests that carried no idempotency key, by fingerprint (API key, route and body).
 * The official client sends such requests again after a lost answer and marks them as retries.
 */
export class RecentRetries {
  private readonly byFingerprint = new Map<string, RecentRetry>();

  find(fingerprint: string, now: number): number | undefined {
    const found = this.byFingerprint.get(fingerprint);
    return found !== undefined && found.at >= now - RETRY_WINDOW_MS ? found.revision : undefined;
  }

  remember(fingerprint: string, revision: number, at: number): void {
    this.byFingerprint.delete(fingerprint);
    this.byFingerprint.set(fingerprint, { revision, at });
    for (const [oldest, retry] of this.byFingerprint) {
      const expired = retry.at < at - RETRY_WINDOW_MS || this.byFingerprint.size > RETRIES_MAX;
      if (!expired) return;
      this.byFingerprint.delete(oldest);
    }
  }

  entries(): [string, RecentRetry][] {
    return [...this.byFingerprint];
  }
}
