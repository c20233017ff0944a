import type { Database, RootDatabase } from 'lmdb';
import { openDatabase } from './lmdb-environment';
import { NO_STREAM, type EventToAppend } from '@tollgate/ports';
import { AppendCodec, eventCount, flatten, type FlatAppend } from './append-codec';

/** An append with its place in the log. */
export interface PlacedAppend {
  readonly stream: string;
  readonly firstRevision: number;
  /** Position of its first event. */
  readonly position: number;
  readonly events: readonly EventToAppend[];
}

/** Where an append of a stream stands: position of its first event, number of events. */
export type IndexEntry = readonly [position: number, events: number];

export interface StreamAppend {
  readonly firstRevision: number;
  readonly position: number;
  readonly events: number;
}

type StreamKey = [stream: string, firstRevision: number];

const COMPRESSION = { threshold: 500 };

/**
 * The log's two LMDB databases. `appends` holds one value per append at the position of its first
 * event; positions have no gaps. `streams` says where the appends of a stream are. Both are
 * written in one transaction.
 */
export class AppendStore {
  private readonly appends: Database<FlatAppend, number>;
  private readonly streams: Database<IndexEntry, StreamKey>;

  constructor(private readonly environment: RootDatabase) {
    const encoder = new AppendCodec();
    this.appends = openDatabase(environment, 'appends', { encoder, compression: COMPRESSION });
    this.streams = openDatabase(environment, 'streams');
  }

  /** Resolves when all are on stable storage; rejects when none was written. */
  async write(appends: readonly PlacedAppend[]): Promise<void> {
    await this.environment.batch(() => {
      for (const { stream, firstRevision, position, events } of appends) {
        void this.appends.put(position, flatten(stream, firstRevision, events));
        void this.streams.put([stream, firstRevision], [position, events.length]);
      }
    });
  }

  /** Position of the last event; 0 for an empty log. */
  lastPosition(): number {
    for (const { key, value } of this.appends.getRange({ reverse: true, limit: 1 })) {
      return key + eventCount(value) - 1;
    }
    return 0;
  }

  /** Revision of a stream's last event, or NO_STREAM. */
  lastRevision(stream: string): number {
    const last = this.appendAtOrBelow(stream, Infinity);
    return last === undefined ? NO_STREAM : last.firstRevision + last.events - 1;
  }

  /** @throws Error when the record can't be read. */
  append(position: number): FlatAppend | undefined {
    return this.appends.get(position);
  }

  /** The position of the append that holds a position's event. */
  startOfAppend(position: number): number | undefined {
    for (const key of this.appends.getKeys({ start: position, reverse: true, limit: 1 })) {
      return key;
    }
    return undefined;
  }

  /** Appends from the one at `position` on. Reading one that is broken throws. */
  appendsFrom(position: number): Iterable<{ key: number; value: FlatAppend }> {
    return this.appends.getRange({ start: position });
  }

  /** The last append of a stream whose first event is at `revision` or before. */
  appendAtOrBelow(stream: string, revision: number): StreamAppend | undefined {
    const range = { start: [stream, revision], end: [stream], reverse: true, limit: 1 };
    for (const { key, value } of this.streams.getRange(range)) return streamAppend(key, value);
    return undefined;
  }

  /** Appends of a stream whose first event is at `revision` or later. */
  *appendsOf(stream: string, revision: number): Iterable<StreamAppend> {
    const range = { start: [stream, revision], end: [stream, Infinity] };
    for (const { key, value } of this.streams.getRange(range)) yield streamAppend(key, value);
  }

  /** Which stream an append belongs to, for the sake of a message: it reads the whole index. */
  whoseAppend(position: number): { stream: string; firstRevision: number } | undefined {
    for (const { key, value } of this.streams.getRange({})) {
      if (value[0] === position) return { stream: key[0], firstRevision: key[1] };
    }
    return undefined;
  }

  /** Lets the next read see what was committed last. */
  refresh(): void {
    this.environment.resetReadTxn();
  }
}

function streamAppend(key: StreamKey, [position, events]: IndexEntry): StreamAppend {
  return { firstRevision: key[1], position, events };
}
