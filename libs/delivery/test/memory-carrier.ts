import {
  CarrierUnavailable,
  type Carrier,
  type CarrierMessage,
  type CarrierUpdate,
} from '@tollgate/ports';

/** What becomes of a message, by the first word of its `to`. */
export type Fate = 'delivered' | 'rejected' | 'undelivered' | 'flaky';

const UNAVAILABLE_TIMES = 2;

/** A carrier that outlives the processes that call it, and sends each message id once. */
export class MemoryCarrier implements Carrier {
  readonly calls: string[] = [];
  readonly sends: string[] = [];
  /** Messages at the carrier now, and the most there were at once. */
  current = 0;
  highest = 0;
  /** Awaited before the end of a message is told. */
  beforeEnd: (messageId: string) => Promise<void> = async () => undefined;

  deliver(message: CarrierMessage): AsyncIterable<CarrierUpdate> {
    this.calls.push(message.id);
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
    if (!this.sends.includes(id)) this.sends.push(id);
    yield { status: 'sent', providerMessageId: `provider-${id}` };
    await this.beforeEnd(id);
    yield fate === 'undelivered' ? failure('undelivered') : { status: 'delivered' };
  }

  private callsOf(id: string): number {
    return this.calls.filter((called) => called === id).length;
  }
}

function failure(errorCode: string): CarrierUpdate {
  return { status: 'failed', errorCode, errorMessage: `The message was ${errorCode}.` };
}
