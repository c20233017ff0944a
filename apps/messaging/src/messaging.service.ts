import type { Delivery } from '@tollgate/delivery';

/**
 * The life of the delivery. The composition root starts it when the writer takes commands and
 * stops it before the writer does; Nest's hooks run in no order that could be relied on.
 */
export class MessagingService {
  constructor(private readonly delivery: Delivery) {}

  /** Messages under way now. */
  get messageCount(): number {
    return this.delivery.messageCount;
  }

  /**
   * Delivers what charges order, from the saved checkpoint on.
   * @throws DeliveryStopped it was stopped: a service lives once.
   * @throws Error the checkpoint can't be read; start again later.
   */
  start(): Promise<void> {
    return this.delivery.start();
  }

  /** Resolves when every message that is ordered at the time of the call is at its end. */
  idle(): Promise<void> {
    return this.delivery.idle();
  }

  /** Resolves when no step runs any more and the checkpoint is saved. */
  stop(): Promise<void> {
    return this.delivery.stop();
  }
}
