import type { Database, RootDatabase } from 'lmdb';
import { NO_STREAM } from '@tollgate/ports';
import { AppendCodec, eventCount, type AppendToEncode, type FlatAppend } from './append-codec';
import { COMPRESSION_DICTIONARY } from './compression-dictionary';
import { openDatabase, transact } from './lmdb-environment';

/** An append with its place in the log. */
export interface PlacedAppend extends AppendToEncode {
  /** Position of its first event. */
  readonly position: number;
}

/** Where an append of a stream stands: position of its first event, number of events. */
export type IndexEntry = readonly [position: number, events: number];

export interface StreamAppend {
  readonly firstRevision: number;
  readonly position: number;
  readonly events: number;
}

type StreamKey = [stream: string, firstRevision: number];

/** Compressing a smaller value costs more than it saves. */
const COMPRESSION = { threshold: 500, dictionary: COMPRESSION_DICTIONARY };

/**
 * The log's two LMDB databases. `appends` holds one value per append at the position of its first
 * event; positions have no gaps. `streams` says where the appends of a stream are. Both are
 * written in one transaction.
 */
export class AppendStore {
  private readonly appends: Database<FlatAppend, number>;
  private readonly streams: Database<IndexEntry, StreamKey>;
  private readonly codec = new AppendCodec();

  constructor(private readonly environment: RootDatabase) {
    const options = { encoder: this.codec, compression: COMPRESSION };
    this.appends = openDatabase(environment, 'appends', options);
    this.streams = openDatabase(environment, 'streams');
  }

  /**
   * Resolves when all are on stable storage; rejects when none was written. One call at a time:
   * the next one uses the same memory.
   */
  async write(appends: readonly PlacedAppend[]): Promise<void> {
    this.codec.reset();
    const write = (): void => {
      for (const append of appends) {
        const { stream, firstRevision, position, events } = append;
        void this.appends.put(position, toEncode(append));
        void this.streams.put([stream, firstRevision], [position, events.length]);
      }
    };
    await transact(this.environment, write, sizeOf(appends));
  }

  /**
   * Position of the last event; 0 for an empty log. When the last append can't be read it is that
   * of its first event, so that readers come upon it.
   */
  lastPosition(): number {
    for (const key of this.appends.getKeys({ reverse: true, limit: 1 })) {
      return key + this.eventsAt(key) - 1;
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

  /** Where the index says that an append of a stream is. */
  placeOf(stream: string, firstRevision: number): StreamAppend | undefined {
    const entry = this.streams.get([stream, firstRevision]);
    return entry === undefined ? undefined : streamAppend([stream, firstRevision], entry);
  }

  /** Appends that the index lists, less those that there are. */
  get indexSurplus(): number {
    return entriesOf(this.streams) - entriesOf(this.appends);
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

  private eventsAt(position: number): number {
    try {
      return eventCount(this.append(position)!);
    } catch {
      return 1;
    }
  }
}

function entriesOf(database: { getStats(): object }): number {
  return (database.getStats() as { readonly entryCount: number }).entryCount;
}

function streamAppend(key: StreamKey, [position, events]: IndexEntry): StreamAppend {
  return { firstRevision: key[1], position, events };
}

function sizeOf(appends: readonly AppendToEncode[]): number {
  let units = 0;
  for (const { events } of appends) {
    for (const { data, metadata } of events) units += data.length + metadata.length;
  }
  return units;
}

/** lmdb's types know one type of value; the codec takes this one and gives the other. */
function toEncode(append: AppendToEncode): FlatAppend {
  return append as unknown as FlatAppend;
}
