import { ReadModelsUnavailable } from '@tollgate/ports';
import { LRUCache } from 'lru-cache';
import type { AccountCaller } from './caller';

const KEYS_MAX = 10_000;
/** Another gateway's revocation is noticed no later than this, should nobody tell. */
const FRESH_MS = 1_000;
/** While the read models are away, what was known before still counts, for so long. */
const STALE_MS_MAX = 10 * 60_000;

interface KnownKey {
  readonly caller: AccountCaller;
  /** Unix ms. */
  readonly readAt: number;
}

/**
 * API keys that were looked up a moment ago, by the hash of their secret. A revocation that this
 * gateway answers empties it before the answer; and money is safe anyway, since the writer checks
 * the key itself. That is why commands may go on while the read models are away.
 */
export class KnownKeys {
  private readonly known = new LRUCache<string, KnownKey>({ max: KEYS_MAX, ttl: STALE_MS_MAX });
  private generation = 0;

  find(secretHash: string): AccountCaller | undefined {
    const known = this.known.get(secretHash);
    return known !== undefined && Date.now() - known.readAt < FRESH_MS ? known.caller : undefined;
  }

  /** Looks a key up, and keeps what was found unless a revocation came in between. */
  async lookUp(secretHash: string, read: () => Promise<AccountCaller>): Promise<AccountCaller> {
    const { generation } = this;
    try {
      const caller = await read();
      const known = { caller, readAt: Date.now() };
      if (generation === this.generation) this.known.set(secretHash, known);
      return caller;
    } catch (fault) {
      const known = this.known.get(secretHash);
      if (fault instanceof ReadModelsUnavailable && known !== undefined) return known.caller;
      this.known.delete(secretHash);
      throw fault;
    }
  }

  forgetAll(): void {
    this.generation += 1;
    this.known.clear();
  }
}
