import { CarrierUnavailable, type CarrierMessage, type CarrierUpdate } from '@tollgate/ports';
import type { FailedMessage } from './failed-message';
import { MessageHistory } from './message-history';
import { openMessage } from './open-message';
import type { DeliveryOptions } from './options';
import type { OrderedMessage } from './ordered-message';
import { Persistence } from './persistence';
import type { DeliveryPorts } from './ports';
import { refund } from './refund';
import type { StopSignal } from '@tollgate/follower';
import { eventOf } from './told-by-carrier';

/**
 * What is done for one message. Each step begins from what the logs hold, so that whoever repeats
 * it after a crash goes on where it broke off.
 */
export class MessageDelivery {
  private readonly persistence: Persistence;

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly options: DeliveryOptions,
    private readonly stopping: StopSignal,
  ) {
    this.persistence = new Persistence(options, ports.log, stopping);
  }

  /**
   * Brings a message to its end, or until it is sent when a report follows.
   * @throws WorkStopped before it was that far.
   */
  async deliver(order: OrderedMessage): Promise<void> {
    const { ref, cause } = order;
    const history = new MessageHistory(ref.messageId, this.ports);
    await this.persistence.insist('read', ref.messageId, () => history.read());
    if (!history.isFinal && history.sent?.reportFollows !== true) {
      await this.persistence.insist('carrier', ref.messageId, () => this.ask(order, history));
    }
    const { failure, status } = history;
    if (failure === undefined) {
      this.options.metrics.finished(status === 'delivered' ? status : 'sent');
    } else if (failure.chargeId === undefined) {
      // Written before failures named their charge: nobody else can refund this one.
      await this.giveBack({ ref, errorCode: failure.errorCode, cause });
    }
  }

  /** @throws WorkStopped before the money went back. */
  async giveBack(message: FailedMessage): Promise<void> {
    const { messageId } = message.ref;
    await this.persistence.insist('refund', messageId, () => refund(message, this.ports));
    this.options.metrics.finished('failed');
  }

  private async ask(order: OrderedMessage, history: MessageHistory): Promise<void> {
    const open = (): ReturnType<typeof openMessage> => openMessage(order, this.ports);
    const opened = await this.persistence.insist('open', history.messageId, open);
    this.stopping.throwIfRaised();
    if ('failed' in opened) return this.record(opened.failed, order, history);
    await this.send(opened.message, order, history);
  }

  /** Not `for await`: the wait for the end of a message can be broken off. */
  private async send(
    message: CarrierMessage,
    order: OrderedMessage,
    history: MessageHistory,
  ): Promise<void> {
    const updates = this.ports.carrier.deliver(message)[Symbol.asyncIterator]();
    try {
      while (!history.isFinal) {
        const { done, value } = await this.next(updates, history);
        if (done === true) throw new CarrierUnavailable('the carrier told no end');
        await this.record(value, order, history);
        if (value.status === 'sent' && value.reportFollows === true) return;
      }
    } finally {
      close(updates);
    }
  }

  /**
   * Sending is waited for, since a message that went out unrecorded is only the carrier's memory
   * away from being sent twice. What becomes of a message that was sent can be asked again.
   */
  private next(
    updates: AsyncIterator<CarrierUpdate>,
    history: MessageHistory,
  ): Promise<IteratorResult<CarrierUpdate>> {
    const next = updates.next();
    return history.status === 'sent' ? this.stopping.interrupt(next) : next;
  }

  private async record(
    update: CarrierUpdate,
    { ref, cause }: OrderedMessage,
    history: MessageHistory,
  ): Promise<void> {
    const { messageId } = ref;
    const recorded = await this.persistence.insist('record', messageId, () =>
      history.record(eventOf(update, ref), cause, this.ports.clock.now()),
    );
    if (recorded !== 'contradicts') return;
    const fields = { messageId, status: history.status, reported: update.status };
    this.ports.log.warn('a carrier contradicts the end of a message', fields);
  }
}

/** In the background: a carrier that is waiting can't close before its wait is over. */
function close(updates: AsyncIterator<CarrierUpdate>): void {
  updates.return?.().catch(() => undefined);
}
