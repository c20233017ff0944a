import {
  LogUnavailable,
  type Appended,
  type EventLog,
  type EventToAppend,
  type RecordedEvent,
  type Subscription,
} from '@tollgate/ports';

/** An event log over another one, whose reads of streams fail by their number. */
export class ScriptedReads implements EventLog {
  /** First revision of each read of a stream. */
  readonly starts: number[] = [];
  private reads = 0;
  private failing: ReadonlySet<number> = new Set();

  private beforeRead = nothing;

  constructor(readonly log: EventLog) {}

  /** The reads with these numbers fail, 1 being the next one. */
  failReadsNumbered(...numbers: readonly number[]): void {
    this.reads = 0;
    this.failing = new Set(numbers);
  }

  /** Runs before the next read of a stream, and that one only. */
  onNextRead(beforeRead: () => Promise<void>): void {
    this.beforeRead = beforeRead;
  }

  append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    return this.log.append(stream, expectedRevision, events);
  }

  async *readStream(
    stream: string,
    fromRevision?: number,
  ): AsyncIterable<readonly RecordedEvent[]> {
    const { beforeRead } = this;
    this.beforeRead = nothing;
    await beforeRead();
    this.starts.push(fromRevision ?? 0);
    this.reads += 1;
    if (this.failing.has(this.reads)) throw new LogUnavailable(`read ${this.reads} is to fail`);
    yield* this.log.readStream(stream, fromRevision);
  }

  readAll(afterPosition?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.readAll(afterPosition);
  }

  subscribe(
    afterPosition: number,
    handle: (events: readonly RecordedEvent[]) => Promise<void>,
  ): Subscription {
    return this.log.subscribe(afterPosition, handle);
  }
}

async function nothing(): Promise<void> {}
