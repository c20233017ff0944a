import {
  assertAppendable,
  Subscriptions,
  type AppendLimits,
  type EventHandler,
} from '@tollgate/adapter-runtime';
import type { RootDatabase } from 'lmdb';
import type {
  Appended,
  EventLog,
  EventToAppend,
  Log,
  RecordedEvent,
  Subscription,
} from '@tollgate/ports';
import { AppendRounds } from './append-rounds';
import { AppendStore } from './append-store';
import { LmdbEventReader } from './lmdb-event-reader';
import { LogTail } from './log-tail';

/** LMDB keys are short. */
const STREAM_NAME_BYTES_MAX = 1_000;

export interface LmdbEventLogOptions {
  readonly log?: Log;
  /** @default those of the port */
  readonly appendLimits?: AppendLimits;
}

/** The event log in one LMDB environment, written by this process alone. */
export class LmdbEventLog implements EventLog {
  private readonly store: AppendStore;
  private readonly reader: LmdbEventReader;
  private readonly rounds: AppendRounds;
  private readonly subscriptions: Subscriptions;

  /** @throws LogCorrupt when the last append can't be read: it says where the next one goes. */
  constructor(
    environment: RootDatabase,
    private readonly options: LmdbEventLogOptions = {},
  ) {
    const store = new AppendStore(environment);
    this.store = store;
    this.reader = new LmdbEventReader(store);
    const end = store.lastPosition();
    if (end > 0) this.reader.batchAfter(end - 1);
    const tail = new LogTail(this.reader, end);
    this.subscriptions = new Subscriptions(tail, options.log);
    this.rounds = new AppendRounds(store, tail.head, (appends) => {
      tail.add(appends);
      this.subscriptions.wake();
    });
  }

  /** Position of the last event on stable storage; 0 for an empty log. */
  get head(): number {
    return this.rounds.position;
  }

  /** Revision of a stream's last event on stable storage, or NO_STREAM. */
  lastRevision(stream: string): number {
    return this.store.lastRevision(stream);
  }

  /** @throws RangeError for an append that is too big, or a stream name that is. */
  async append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    assertAppendable(stream, events, this.options.appendLimits);
    assertStreamName(stream);
    return this.rounds.append(stream, expectedRevision, events);
  }

  readStream(stream: string, fromRevision?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.reader.readStream(stream, fromRevision);
  }

  readAll(afterPosition?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.reader.readAll(afterPosition);
  }

  subscribe(afterPosition: number, handle: EventHandler): Subscription {
    return this.subscriptions.start(afterPosition, handle);
  }

  /** Takes no more appends, waits for those under way, and stops the subscriptions. */
  async close(): Promise<void> {
    await this.rounds.close();
    await this.subscriptions.stop();
  }
}

function assertStreamName(stream: string): void {
  if (
    stream !== '' &&
    !stream.includes('\0') &&
    Buffer.byteLength(stream) <= STREAM_NAME_BYTES_MAX
  ) {
    return;
  }
  throw new RangeError(`a stream name has 1 to ${STREAM_NAME_BYTES_MAX} bytes and no NUL`);
}
