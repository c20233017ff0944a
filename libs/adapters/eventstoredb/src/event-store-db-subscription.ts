import { LogSubscription, type EventHandler } from '@tollgate/adapter-runtime';
import type { Log, Subscription } from '@tollgate/ports';
import type { EventReader } from './event-reader';
import type { LiveEvents } from './live-events';

/** Follows the log, and knows how far it has to come to have caught up. */
export class EventStoreDbSubscription implements Subscription {
  private readonly subscription: LogSubscription;

  constructor(
    private readonly live: LiveEvents,
    private readonly reader: EventReader,
    start: { readonly afterPosition: number; readonly handle: EventHandler; readonly log: Log },
  ) {
    this.subscription = new LogSubscription(live, start.afterPosition, start.handle, start.log);
  }

  /** Waits as well while the server can't be asked where the log ends. */
  async caughtUp(): Promise<void> {
    for (let failures = 1; !this.live.isClosed; failures += 1) {
      try {
        this.live.head = Math.max(this.live.head, await this.reader.lastPosition());
        break;
      } catch (error) {
        await this.live.pause(error, failures);
      }
    }
    await this.subscription.caughtUp();
  }

  async stop(): Promise<void> {
    this.live.close();
    await this.subscription.stop();
  }
}
