import { setTimeout as delay } from 'node:timers/promises';
import { ServerBusy } from '../store/store.errors';

export const APPEND_FAULTS = [
  'delay',
  'refuse',
  'no-answer',
  'no-answer-after-commit',
  'answer-lost-after-commit',
] as const;

export type AppendFault = (typeof APPEND_FAULTS)[number];

export interface FaultSettings {
  readonly append?: AppendFault;
  /** For `delay`. */
  readonly delayMs: number;
  /** So many appends are affected; undefined for all. */
  readonly count?: number;
}

/** What becomes of an append instead of an answer. */
export type Unanswered = 'silent' | 'cut';

export const isUnanswered = (outcome: unknown): outcome is Unanswered =>
  outcome === 'silent' || outcome === 'cut';

const NONE: FaultSettings = { delayMs: 0 };

/** The faults that a test has asked for; none unless it does. */
export class Faults {
  private current: FaultSettings = NONE;

  get settings(): FaultSettings {
    return this.current;
  }

  set(settings: FaultSettings): void {
    this.current = settings;
  }

  async append<T>(run: () => Promise<T>): Promise<T | Unanswered> {
    const { append: fault, delayMs } = this.current;
    if (fault === undefined) return run();
    this.use();
    switch (fault) {
      case 'delay':
        await delay(delayMs);
        return run();
      case 'refuse':
        throw new ServerBusy();
      case 'no-answer':
        return 'silent';
      case 'no-answer-after-commit':
        await run();
        return 'silent';
      case 'answer-lost-after-commit':
        await run();
        return 'cut';
    }
  }

  private use(): void {
    const { count } = this.current;
    if (count === undefined) return;
    this.current = count > 1 ? { ...this.current, count: count - 1 } : NONE;
  }
}
