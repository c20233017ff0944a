import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import type { EventToAppend, RecordedEvent } from '@tollgate/ports';
import { LRUCache } from 'lru-cache';
import { isMetastream, NO_METADATA, parseMetadata, type StreamMetadata } from './stream-metadata';
import { openEnvelope } from './stored-event';

const STATES_MAX = 50_000;

/** Where a stream stands, counting the appends that are on their way to the disk. */
export class StreamState {
  /** Appends under way, and the id that each of them begins with. */
  private readonly pending = new Set<string>();
  private waiters: (() => void)[] = [];

  constructor(
    /** Revision of the last event; NO_STREAM_YET without any. */
    public last: number,
    public isTombstoned: boolean,
    /** Of a metadata stream: the JSON of its last event. */
    public json: string,
    public metadata: StreamMetadata,
  ) {}

  get isSettled(): boolean {
    return this.pending.size === 0;
  }

  isUnderWay(firstId: string): boolean {
    return this.pending.has(firstId);
  }

  begin(stream: string, events: readonly EventToAppend[]): void {
    this.pending.add(events[0]!.id);
    this.last += events.length;
    if (!isMetastream(stream)) return;
    this.json = events[events.length - 1]!.data;
    this.metadata = parseMetadata(this.json);
  }

  end(events: readonly EventToAppend[]): void {
    this.pending.delete(events[0]!.id);
    if (!this.isSettled) return;
    this.waiters.forEach((resolve) => resolve());
    this.waiters = [];
  }

  /** Resolves when no append is under way. */
  settled(): Promise<void> {
    if (this.isSettled) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }
}

/** The states of the streams that are in use; others are read from the log. */
export class StreamStates {
  private readonly states = new LRUCache<string, Promise<StreamState>>({ max: STATES_MAX });

  constructor(private readonly log: LmdbEventLog) {}

  /** @throws LogCorrupt */
  of(stream: string): Promise<StreamState> {
    const known = this.states.get(stream);
    if (known !== undefined) return known;
    const loading = this.load(stream);
    this.states.set(stream, loading);
    loading.catch(() => this.states.delete(stream));
    return loading;
  }

  /** What was counted on did not happen: the log knows. */
  forget(stream: string): void {
    this.states.delete(stream);
  }

  private async load(stream: string): Promise<StreamState> {
    const last = this.log.lastRevision(stream);
    const event = last < 0 ? undefined : await this.eventAt(stream, last);
    const isTombstoned = event !== undefined && openEnvelope(event).isTombstone;
    const json = isMetastream(stream) ? (event?.data ?? '') : '';
    return new StreamState(
      last,
      isTombstoned,
      json,
      json === '' ? NO_METADATA : parseMetadata(json),
    );
  }

  private async eventAt(stream: string, revision: number): Promise<RecordedEvent | undefined> {
    for await (const [event] of this.log.readStream(stream, revision)) return event;
    return undefined;
  }
}
