import { CarrierUnavailable, type CarrierUpdate } from '@tollgate/ports';
import { MessageHistory } from './message-history';
import type { DeliveryOptions } from './options';
import type { OrderedMessage } from './ordered-message';
import { Persistence } from './persistence';
import type { DeliveryPorts } from './ports';
import { refund } from './refund';
import type { StopSignal } from './stop-signal';

/**
 * Brings one message to its end: delivered, or failed and its charge given back. Each step begins
 * from what the logs hold, so that whoever repeats it after a crash goes on where it broke off.
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

  /** @throws DeliveryStopped before the end was reached. */
  async deliver(message: OrderedMessage): Promise<void> {
    const { id } = message.item;
    const history = new MessageHistory(message, this.ports);
    await this.persistence.insist('read', id, () => history.read());
    if (!history.isFinal) {
      await this.persistence.insist('carrier', id, () => this.askCarrier(history));
    }
    const { errorCode } = history;
    if (errorCode !== undefined) {
      await this.persistence.insist('refund', id, () => refund(message, errorCode, this.ports));
    }
    this.options.metrics.finished(errorCode === undefined ? 'delivered' : 'failed');
  }

  /** Not `for await`: the wait for a delivery receipt can be broken off. */
  private async askCarrier(history: MessageHistory): Promise<void> {
    const { accountId, item } = history.message;
    this.stopping.throwIfRaised();
    const updates = this.ports.carrier.deliver({ ...item, accountId })[Symbol.asyncIterator]();
    try {
      while (!history.isFinal) {
        const { done, value } = await this.next(updates, history);
        if (done === true) throw new CarrierUnavailable('the carrier told no end');
        await this.persistence.insist('record', item.id, () => history.record(value));
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
}

/** In the background: a carrier that is waiting can't close before its wait is over. */
function close(updates: AsyncIterator<CarrierUpdate>): void {
  updates.return?.().catch(() => undefined);
}
