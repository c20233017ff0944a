import { LRUCache } from 'lru-cache';
import type { Vault } from '@tollgate/ports';

export interface CachedVaultOptions {
  /**
   * How long a key is remembered, in ms: for so long a key that another process has destroyed may
   * still be used here. `Infinity` where every key is destroyed through this object.
   * @default 5000
   */
  readonly ttlMs?: number;
  /** How many keys are remembered at most. @default 50000 */
  readonly keysMax?: number;
}

const TTL_MS = 5_000;
const KEYS_MAX = 50_000;
/** What the cache calls a key that does not grow old. */
const FOR_EVER = 0;

/** A vault whose keys are remembered for a while. That there is none is never remembered. */
export class CachedVault implements Vault {
  private readonly keys: LRUCache<string, Uint8Array>;
  private readonly asking = new Map<string, Promise<Uint8Array>>();
  /** How often something was forgotten: what was asked for before may be old. */
  private forgettings = 0;

  constructor(
    private readonly vault: Vault,
    { ttlMs = TTL_MS, keysMax = KEYS_MAX }: CachedVaultOptions = {},
  ) {
    this.keys = new LRUCache({ max: keysMax, ttl: ttlMs === Infinity ? FOR_EVER : ttlMs });
  }

  async keyOf(subject: string): Promise<Uint8Array> {
    const key = this.keys.get(subject) ?? (await this.askOnce(subject));
    return key.slice();
  }

  async find(subject: string): Promise<Uint8Array | undefined> {
    const key = this.keys.get(subject) ?? (await this.ask(subject, () => this.vault.find(subject)));
    return key?.slice();
  }

  async destroy(subject: string, madeUntil: number): Promise<void> {
    await this.vault.destroy(subject, madeUntil).finally(() => this.forget(subject));
  }

  /** Asks the vault again when the key is needed next: it was destroyed, or may have been. */
  forget(subject: string): void {
    this.forgettings += 1;
    this.keys.delete(subject);
    this.asking.delete(subject);
  }

  /** Whoever wants the same key meanwhile waits for the same answer. */
  private askOnce(subject: string): Promise<Uint8Array> {
    const known = this.asking.get(subject);
    if (known !== undefined) return known;
    const asking = this.ask(subject, () => this.vault.keyOf(subject)).finally(() => {
      if (this.asking.get(subject) === asking) this.asking.delete(subject);
    });
    this.asking.set(subject, asking);
    return asking;
  }

  private async ask<Key extends Uint8Array | undefined>(
    subject: string,
    vault: () => Promise<Key>,
  ): Promise<Key> {
    const { forgettings } = this;
    const key = await vault();
    if (key !== undefined && forgettings === this.forgettings) this.keys.set(subject, key);
    return key;
  }
}
