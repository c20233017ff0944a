import { assertAppendable, Subscriptions, type EventHandler } from '@tollgate/adapter-runtime';
import {
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type EventToAppend,
  type Log,
  type RecordedEvent,
  type Subscription,
} from '@tollgate/ports';

const BATCH_EVENTS_MAX = 1_000;

/** An event log that is gone with the process; for tests and trials. */
export class InMemoryEventLog implements EventLog {
  private readonly all: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();
  private readonly subscriptions: Subscriptions;

  constructor(report?: Log) {
    this.subscriptions = new Subscriptions(this, report);
  }

  /** Position of the last event; 0 for an empty log. */
  get head(): number {
    return this.all.length;
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    assertAppendable(stream, events);
    const stored = this.streams.get(stream) ?? [];
    const actual = stored.length - 1;
    if (actual !== expectedRevision) {
      throw new WrongExpectedRevision(stream, expectedRevision, actual);
    }
    this.streams.set(stream, stored);
    for (const event of events) {
      const recorded = { ...event, stream, revision: stored.length, position: this.head + 1 };
      stored.push(recorded);
      this.all.push(recorded);
    }
    this.subscriptions.wake();
    return { revision: stored.length - 1, position: this.head };
  }

  readStream(stream: string, fromRevision = 0): AsyncIterable<readonly RecordedEvent[]> {
    return batches(this.streams.get(stream) ?? [], fromRevision);
  }

  readAll(afterPosition = 0): AsyncIterable<readonly RecordedEvent[]> {
    return batches(this.all, afterPosition);
  }

  subscribe(afterPosition: number, handle: EventHandler): Subscription {
    return this.subscriptions.start(afterPosition, handle);
  }
}

async function* batches(
  events: readonly RecordedEvent[],
  from: number,
): AsyncIterable<readonly RecordedEvent[]> {
  for (let start = from; start < events.length;) {
    const batch = events.slice(start, start + BATCH_EVENTS_MAX);
    start += batch.length;
    yield batch;
  }
}
