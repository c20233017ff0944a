/** One event on its way into the log. `data` and `metadata` are JSON, stored byte for byte. */
export interface EventToAppend {
  /** Unique in its stream, derived from (command id, index): the same append has the same ids. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  /** What `data` was encoded from, when it is at hand in this process; spares readers parsing. */
  readonly decoded?: unknown;
}

export interface RecordedEvent extends EventToAppend {
  readonly stream: string;
  /** Place in the stream, from 0. */
  readonly revision: number;
  /** Place in the whole log: grows with every event, first one above 0, gaps allowed. */
  readonly position: number;
}

export interface Appended {
  /** Revision of the last event. */
  readonly revision: number;
  readonly position: number;
}

/** Expected revision of a stream that must not exist yet. */
export const NO_STREAM = -1;
/** An append holds at most this many events, and at most this many bytes of JSON. */
export const APPEND_EVENTS_MAX = 4_000;
export const APPEND_BYTES_MAX = 700_000;

export interface EventWriter {
  /**
   * Appends all events or none, and answers when they are on stable storage.
   * @throws WrongExpectedRevision the stream does not end at `expectedRevision`.
   * @throws AppendOutcomeUnknown the append may or may not have happened: read the tail.
   * @throws LogUnavailable the log can't take events now (disk full, connection down); nothing
   * was written.
   */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended>;
}

export interface EventReader {
  /**
   * Events of one stream in order, in batches; none for a stream that does not exist.
   * @throws LogUnavailable
   * @throws LogCorrupt a stored record can't be read.
   */
  readStream(stream: string, fromRevision?: number): AsyncIterable<readonly RecordedEvent[]>;
  /** Events of the whole log after a position (0 = from the start), in order, in batches. */
  readAll(afterPosition?: number): AsyncIterable<readonly RecordedEvent[]>;
}

export interface Subscription {
  /** Resolves when the events that the log held at the time of the call have been handled. */
  caughtUp(): Promise<void>;
  /** No handler runs after this has resolved. */
  stop(): Promise<void>;
}

export interface EventSubscriber {
  /**
   * Hands every event after `afterPosition` to `handle`, in order, one batch at a time, those
   * already stored and those to come. A handler that throws gets the same batch again, later.
   */
  subscribe(
    afterPosition: number,
    handle: (events: readonly RecordedEvent[]) => Promise<void>,
  ): Subscription;
}

export type EventLog = EventReader & EventWriter & EventSubscriber;
