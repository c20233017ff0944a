import type { Timer } from '@tollgate/follower';

/** Every delay is over at once. */
export const noDelay: Timer = (_delayMs, callback) => {
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
};

/** Time that passes when the spec says so. */
export class ManualTimer {
  private now = 0;
  private readonly pending = new Map<() => void, number>();

  readonly timer: Timer = (delayMs, callback) => {
    const due = (): void => callback();
    this.pending.set(due, this.now + delayMs);
    return () => this.pending.delete(due);
  };

  get size(): number {
    return this.pending.size;
  }

  /** Delays that run now, shortest first. */
  get delays(): readonly number[] {
    return [...this.pending.values()].map((at) => at - this.now).sort((a, b) => a - b);
  }

  async pass(delayMs: number): Promise<void> {
    this.now += delayMs;
    for (const [due, at] of [...this.pending]) {
      if (at > this.now || !this.pending.delete(due)) continue;
      due();
    }
    await soon();
  }
}

/** Lets everything run that needs no time. */
export async function soon(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}
