import {
  AppendOutcomeUnknown,
  LogUnavailable,
  type Appended,
  type EventLog,
  type EventToAppend,
  type RecordedEvent,
  type Subscription,
} from '@tollgate/ports';

/** What can happen to an append, beside success and a wrong revision. */
export type AppendFault =
  /** LogUnavailable; nothing was written. */
  | 'unavailable'
  /** AppendOutcomeUnknown, and the events were written: only the answer was lost. */
  | 'written-answer-lost'
  /** AppendOutcomeUnknown, and nothing was written: the request was lost. */
  | 'request-lost';

export type BeforeAppend = (
  stream: string,
  expectedRevision: number,
  events: readonly EventToAppend[],
) => void | Promise<void>;

/** An event log over another one, whose appends and reads fail when a test says so. */
export class FaultyEventLog implements EventLog {
  private readonly appendFaults: AppendFault[] = [];
  private readFaults = 0;
  private beforeAppend: BeforeAppend = () => undefined;

  constructor(private readonly log: EventLog) {}

  /** The next appends meet these faults, one each, in this order. */
  failAppends(...faults: readonly AppendFault[]): void {
    this.appendFaults.push(...faults);
  }

  /** The next `count` reads, of a stream or of the whole log, fail with LogUnavailable. */
  failReads(count: number): void {
    this.readFaults = count;
  }

  /** Runs before each append from now on: waits, or lets another writer be faster. */
  onAppend(beforeAppend: BeforeAppend): void {
    this.beforeAppend = beforeAppend;
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    await this.beforeAppend(stream, expectedRevision, events);
    const fault = this.appendFaults.shift();
    if (fault === 'unavailable') throw new LogUnavailable('injected: unavailable');
    if (fault === 'request-lost') throw new AppendOutcomeUnknown('injected: request lost');
    const appended = await this.log.append(stream, expectedRevision, events);
    if (fault === 'written-answer-lost') throw new AppendOutcomeUnknown('injected: answer lost');
    return appended;
  }

  readStream(stream: string, fromRevision?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.reading(() => this.log.readStream(stream, fromRevision));
  }

  readAll(afterPosition?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.reading(() => this.log.readAll(afterPosition));
  }

  subscribe(
    afterPosition: number,
    handle: (events: readonly RecordedEvent[]) => Promise<void>,
  ): Subscription {
    return this.log.subscribe(afterPosition, handle);
  }

  private async *reading(
    read: () => AsyncIterable<readonly RecordedEvent[]>,
  ): AsyncIterable<readonly RecordedEvent[]> {
    if (this.readFaults > 0) {
      this.readFaults -= 1;
      throw new LogUnavailable('injected: unavailable');
    }
    yield* read();
  }
}
