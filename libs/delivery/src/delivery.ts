import { ConcurrentFollower, type Work } from '@tollgate/follower';
import type { RecordedEvent } from '@tollgate/ports';
import { failedMessageIn } from './failed-message';
import { MessageDelivery } from './message-delivery';
import { compileOptions, type DeliveryOptions } from './options';
import { orderedMessageIn } from './ordered-message';
import type { DeliveryPorts } from './ports';

/**
 * Follows the log, brings every message that a charge ordered to its end, and gives the money of
 * every message that failed back, many at a time. One that runs is enough; a second one beside it
 * is harmless. It is started once and stopped once.
 */
export class Delivery {
  private readonly messages: MessageDelivery;
  private readonly follower: ConcurrentFollower;

  /** @throws RangeError when an option is out of range. */
  constructor(
    private readonly ports: DeliveryPorts,
    options: Partial<DeliveryOptions> = {},
  ) {
    const compiled = compileOptions(options);
    this.follower = new ConcurrentFollower(ports, {
      ...compiled,
      workMax: compiled.messagesMax,
      workOf: (event) => this.workOf(event),
    });
    this.messages = new MessageDelivery(ports, compiled, this.follower.stopping);
  }

  /** Messages under way now; those whose report is to follow are not. */
  get messageCount(): number {
    return this.follower.size;
  }

  /**
   * Reads the checkpoint and follows the log from there.
   * @throws WorkStopped it was stopped; a new one can go on.
   * @throws Error the checkpoint can't be read; start again later.
   */
  start(): Promise<void> {
    return this.follower.start();
  }

  /**
   * Resolves when every message that the log orders at the time of the call is at its end, or sent
   * when a report follows, and the money of those that failed is back.
   */
  async idle(): Promise<void> {
    // What the first round ends in failure, the second one refunds.
    for (let round = 1; round <= 2; round += 1) await this.follower.idle();
  }

  /**
   * Takes no more messages, waits a limited time for the steps that are running, and saves the
   * checkpoint. What is unfinished goes on after the next start.
   */
  async stop(): Promise<void> {
    if (await this.follower.stop()) return;
    this.ports.log.warn('stopped while steps ran', { messages: this.messageCount });
  }

  private workOf(event: RecordedEvent): Work | undefined {
    const order = orderedMessageIn(event);
    if (order !== undefined) {
      const { messageId } = order.ref;
      return { subject: { messageId }, run: () => this.messages.deliver(order) };
    }
    const failed = failedMessageIn(event);
    if (failed === undefined) return undefined;
    const { messageId } = failed.ref;
    return { subject: { messageId }, run: () => this.messages.giveBack(failed) };
  }
}
