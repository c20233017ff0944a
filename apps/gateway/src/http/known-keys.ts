import { LRUCache } from 'lru-cache';
import type { AccountCaller } from './caller';

const KEYS_MAX = 10_000;
/** Another gateway's revocation is noticed no later than this. */
const FRESH_MS = 1_000;

/**
 * API keys that were looked up a moment ago, by the hash of their secret. A revocation that this
 * gateway answers empties it before the answer; and money is safe anyway, since the writer checks
 * the key itself.
 */
export class KnownKeys {
  private readonly callers = new LRUCache<string, AccountCaller>({ max: KEYS_MAX, ttl: FRESH_MS });
  private generation = 0;

  find(secretHash: string): AccountCaller | undefined {
    return this.callers.get(secretHash);
  }

  /** Looks a key up, and keeps what was found unless a revocation came in between. */
  async lookUp(secretHash: string, read: () => Promise<AccountCaller>): Promise<AccountCaller> {
    const { generation } = this;
    const caller = await read();
    if (generation === this.generation) this.callers.set(secretHash, caller);
    return caller;
  }

  forgetAll(): void {
    this.generation += 1;
    this.callers.clear();
  }
}
