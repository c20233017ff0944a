import {
  CarrierUnavailable,
  type Carrier,
  type CarrierMessage,
  type CarrierUpdate,
} from '@tollgate/ports';
import type { DeliveryReport, DeliveryReports } from '../src';

/** What becomes of a message, by the first word of its `to`; the end of two is reported later. */
export type Fate = 'delivered' | 'rejected' | 'undelivered' | 'flaky' | 'arriving' | 'vanishing';

const UNAVAILABLE_TIMES = 2;

/** A carrier that outlives the processes that call it, and sends each message id once. */
export class MemoryCarrier implements Carrier {
  readonly calls: string[] = [];
  readonly sends: string[] = [];
  readonly taken: CarrierMessage[] = [];
  /** Reports that were not confirmed yet. */
  readonly owed = new Map<string, DeliveryReport>();
  /** Messages at the carrier now, and the most there were at once. */
  current = 0;
  highest = 0;
  /** Awaited before the end of a message is told. */
  beforeEnd: (messageId: string) => Promise<void> = async () => undefined;

  deliver(message: CarrierMessage): AsyncIterable<CarrierUpdate> {
    this.calls.push(message.id);
    this.taken.push(message);
    return this.counted(message);
  }

  private async *counted(message: CarrierMessage): AsyncIterable<CarrierUpdate> {
    this.current += 1;
    this.highest = Math.max(this.highest, this.current);
    try {
      yield* this.updatesOf(message);
    } finally {
      this.current -= 1;
    }
  }

  private async *updatesOf({ id, to }: CarrierMessage): AsyncIterable<CarrierUpdate> {
    const fate = to.split(' ')[0] as Fate;
    if (fate === 'flaky' && this.callsOf(id) <= UNAVAILABLE_TIMES) {
      throw new CarrierUnavailable('come back later');
    }
    if (fate === 'rejected') {
      await this.beforeEnd(id);
      yield failure('rejected');
      return;
    }
    const isNew = !this.sends.includes(id);
    if (isNew) this.sends.push(id);
    const sent: CarrierUpdate = { status: 'sent', providerMessageId: `provider-${id}` };
    if (fate === 'arriving' || fate === 'vanishing') {
      if (isNew) this.owed.set(id, reportOf(id, fate));
      yield { ...sent, reportFollows: true };
      return;
    }
    yield sent;
    await this.beforeEnd(id);
    yield fate === 'undelivered' ? failure('undelivered') : { status: 'delivered' };
  }

  /** Sends every report that is owed; what was not taken is sent again the next time. */
  async report(reports: DeliveryReports): Promise<void> {
    for (const [id, report] of this.owed) {
      const outcome = await reports.record(report).catch(() => undefined);
      if (outcome !== undefined && outcome !== 'unknown_message') this.owed.delete(id);
    }
  }

  private callsOf(id: string): number {
    return this.calls.filter((called) => called === id).length;
  }
}

function reportOf(messageId: string, fate: 'arriving' | 'vanishing'): DeliveryReport {
  const ref = { messageId, providerMessageId: `provider-${messageId}` };
  if (fate === 'arriving') return { ...ref, status: 'delivered' };
  return { ...ref, status: 'failed', errorCode: 'vanished', errorMessage: 'It never arrived.' };
}

function failure(errorCode: string): CarrierUpdate {
  return { status: 'failed', errorCode, errorMessage: `The message was ${errorCode}.` };
}
