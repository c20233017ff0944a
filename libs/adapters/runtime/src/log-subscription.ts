import { setTimeout as delay } from 'node:timers/promises';
import { LogCorrupt, type Log, type RecordedEvent, type Subscription } from '@tollgate/ports';

const RETRY_MS_MIN = 10;
const RETRY_MS_MAX = 1_000;

/** What a subscription reads from. */
export interface SubscribableLog {
  readAll(afterPosition: number): AsyncIterable<readonly RecordedEvent[]>;
  /** Position of the last event that was appended; 0 for an empty log. */
  readonly head: number;
}

export type EventHandler = (events: readonly RecordedEvent[]) => Promise<void>;

interface CaughtUpWaiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/**
 * A subscription that pulls: it reads to the end of the log, waits to be woken by an append, and
 * reads on from where it stands. There is no hand-over from history to live events that could
 * lose or double one, and a slow handler never makes events pile up in memory.
 */
export class LogSubscription implements Subscription {
  private waiters: CaughtUpWaiter[] = [];
  private wakeUp: (() => void) | undefined;
  private readonly stopping = new AbortController();
  private ended: Error | undefined;
  private readonly running: Promise<void>;

  constructor(
    private readonly log: SubscribableLog,
    private position: number,
    private readonly handle: EventHandler,
    private readonly report?: Log,
  ) {
    this.running = this.run();
  }

  /** Tells the subscription that the log has grown. */
  wake(): void {
    this.wakeUp?.();
  }

  /** @throws LogCorrupt when the log can't be read on; Error when the subscription was stopped. */
  caughtUp(): Promise<void> {
    const position = this.log.head;
    if (this.position >= position) return Promise.resolve();
    if (this.ended !== undefined) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => this.waiters.push({ position, resolve, reject }));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.isStopping) {
      try {
        await this.readToEnd();
        failures = 0;
        await this.untilWoken();
      } catch (error) {
        if (error instanceof LogCorrupt) return this.end(error);
        failures += 1;
        await this.pause('the log can not be read, trying again', error, failures);
      }
    }
    this.end(new Error('the subscription was stopped'));
  }

  private async readToEnd(): Promise<void> {
    for await (const events of this.log.readAll(this.position)) {
      await this.deliver(events);
      if (this.isStopping) return;
    }
  }

  private async deliver(events: readonly RecordedEvent[]): Promise<void> {
    for (let failures = 1; !this.isStopping; failures += 1) {
      try {
        await this.handle(events);
        return this.moveTo(events[events.length - 1]!.position);
      } catch (error) {
        await this.pause('a handler of events failed, trying again', error, failures);
      }
    }
  }

  private moveTo(position: number): void {
    this.position = position;
    if (this.waiters.length === 0) return;
    const done = this.waiters.filter((waiter) => waiter.position <= position);
    this.waiters = this.waiters.filter((waiter) => waiter.position > position);
    done.forEach((waiter) => waiter.resolve());
  }

  private async untilWoken(): Promise<void> {
    if (this.isStopping || this.position < this.log.head) return;
    await new Promise<void>((resolve) => (this.wakeUp = resolve));
    this.wakeUp = undefined;
  }

  private async pause(message: string, error: unknown, failures: number): Promise<void> {
    this.report?.warn(message, { error, failures, position: this.position });
    const ms = Math.min(RETRY_MS_MIN * 2 ** (failures - 1), RETRY_MS_MAX);
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private end(reason: Error): void {
    this.ended = reason;
    if (reason instanceof LogCorrupt) this.report?.error('subscription ended', { error: reason });
    this.waiters.forEach((waiter) => waiter.reject(reason));
    this.waiters = [];
  }
}
