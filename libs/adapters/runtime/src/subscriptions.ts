import type { Log, Subscription } from '@tollgate/ports';
import { LogSubscription, type EventHandler, type SubscribableLog } from './log-subscription';

/** The running subscriptions of one log. */
export class Subscriptions {
  private readonly running = new Set<LogSubscription>();

  constructor(
    private readonly log: SubscribableLog,
    private readonly report?: Log,
  ) {}

  get isEmpty(): boolean {
    return this.running.size === 0;
  }

  start(afterPosition: number, handle: EventHandler): Subscription {
    const subscription = new LogSubscription(this.log, afterPosition, handle, this.report);
    this.running.add(subscription);
    return {
      caughtUp: () => subscription.caughtUp(),
      stop: async () => {
        this.running.delete(subscription);
        await subscription.stop();
      },
    };
  }

  /** The log has grown. */
  wake(): void {
    for (const subscription of this.running) subscription.wake();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running].map((subscription) => subscription.stop()));
    this.running.clear();
  }
}
