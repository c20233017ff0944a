import { randomBytes } from 'node:crypto';
import { systemClock } from '@tollgate/adapter-runtime';
import type { Clock, Vault } from '@tollgate/ports';

const KEY_BYTES = 32;

interface KeptKey {
  readonly key: Uint8Array;
  /** Unix ms. */
  readonly madeAt: number;
}

export class InMemoryVault implements Vault {
  private readonly keys = new Map<string, KeptKey>();

  constructor(private readonly clock: Clock = systemClock) {}

  async keyOf(subject: string): Promise<Uint8Array> {
    let kept = this.keys.get(subject);
    if (kept === undefined) {
      kept = { key: randomBytes(KEY_BYTES), madeAt: this.clock.now() };
      this.keys.set(subject, kept);
    }
    return Uint8Array.from(kept.key);
  }

  async find(subject: string): Promise<Uint8Array | undefined> {
    const kept = this.keys.get(subject);
    return kept && Uint8Array.from(kept.key);
  }

  async destroy(subject: string, madeUntil: number): Promise<void> {
    const kept = this.keys.get(subject);
    if (kept !== undefined && kept.madeAt <= madeUntil) this.keys.delete(subject);
  }
}
