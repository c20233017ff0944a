import { assertAppendable, type EventHandler } from '@tollgate/adapter-runtime';
import {
  NO_STREAM,
  type Appended,
  type EventLog,
  type EventToAppend,
  type RecordedEvent,
  type Subscription,
} from '@tollgate/ports';
import { Appender } from './appender';
import { EventReader } from './event-reader';
import { EventStoreDbSubscription } from './event-store-db-subscription';
import { LiveEvents } from './live-events';
import { APPEND_TIMEOUT_MS, READ_TIMEOUT_MS, type EventStoreDbOptions } from './options';
import { ServerConnection } from './server-connection';

/** The event log in EventStoreDB. It connects when it is first used, and again when it has to. */
export class EventStoreDbEventLog implements EventLog {
  private readonly connection: ServerConnection;
  private readonly appender: Appender;
  private readonly reader: EventReader;
  private readonly subscriptions = new Set<EventStoreDbSubscription>();

  /** @throws Error when the connection string can't be read. */
  constructor(private readonly options: EventStoreDbOptions) {
    const { connectionString, streamPrefixes } = options;
    const { appendTimeoutMs = APPEND_TIMEOUT_MS, readTimeoutMs = READ_TIMEOUT_MS } = options;
    this.connection = new ServerConnection(connectionString);
    this.appender = new Appender(this.connection, appendTimeoutMs);
    this.reader = new EventReader(this.connection, { streamPrefixes, timeoutMs: readTimeoutMs });
  }

  /**
   * Sent once: an append that got no answer is not sent again, as its writer has to look at the
   * stream's end in any case.
   * @throws RangeError for an append that is too big, or metadata that is not a JSON object.
   */
  async append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    assertAppendable(stream, events);
    if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
      throw new RangeError(`no revision to expect: ${expectedRevision}`);
    }
    const position = await this.appender.append(stream, expectedRevision, events);
    // The server's own answer to a repeated append may name the end that the stream has by now.
    return { revision: expectedRevision + events.length, position };
  }

  readStream(stream: string, fromRevision = 0): AsyncIterable<readonly RecordedEvent[]> {
    return this.reader.readStream(stream, fromRevision);
  }

  readAll(afterPosition = 0): AsyncIterable<readonly RecordedEvent[]> {
    return this.reader.readAll(afterPosition);
  }

  /** Position of the last event; 0 for an empty log. Reading all goes on to what comes later. */
  lastPosition(): Promise<number> {
    return this.reader.lastPosition();
  }

  subscribe(afterPosition: number, handle: EventHandler): Subscription {
    const { log } = this.options;
    const live = new LiveEvents(this.connection, this.options);
    const start = { afterPosition, handle, log };
    const subscription = new EventStoreDbSubscription(live, this.reader, start);
    this.subscriptions.add(subscription);
    return {
      caughtUp: () => subscription.caughtUp(),
      stop: async () => {
        this.subscriptions.delete(subscription);
        await subscription.stop();
      },
    };
  }

  /** Takes no more appends, waits for those under way, and stops the subscriptions. */
  async close(): Promise<void> {
    await this.appender.close();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.connection.close();
  }
}
