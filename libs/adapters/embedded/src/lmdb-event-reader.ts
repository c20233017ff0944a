import { setImmediate as breathe } from 'node:timers/promises';
import { LogCorrupt, type EventReader, type RecordedEvent } from '@tollgate/ports';
import { EVENT_FIELDS, HEAD_FIELDS, eventCount, type FlatAppend } from './append-codec';
import type { AppendStore, StreamAppend } from './append-store';

/** A batch ends with the append that brings it to so many events. */
const BATCH_EVENTS = 2_000;

/**
 * Reads the log from LMDB, batch by batch, each from a state of its own, so that a slow reader
 * keeps no old pages alive. What can't be read, or is missing, is said, never skipped.
 */
export class LmdbEventReader implements EventReader {
  /** @param isThorough holds every append against the index of the streams as well. */
  constructor(
    private readonly store: AppendStore,
    private readonly isThorough = false,
  ) {}

  async *readStream(stream: string, fromRevision = 0): AsyncIterable<readonly RecordedEvent[]> {
    for (let next = fromRevision; ; await breathe()) {
      const batch = this.readable(stream, next);
      if (batch.length === 0) return;
      next = batch[batch.length - 1]!.revision + 1;
      yield batch;
    }
  }

  async *readAll(afterPosition = 0): AsyncIterable<readonly RecordedEvent[]> {
    const end = this.lastPosition();
    for (let last = afterPosition; last < end; await breathe()) {
      const batch = this.batchAfter(last);
      last = batch[batch.length - 1]!.position;
      yield batch;
    }
    if (this.isThorough && this.store.indexSurplus > 0) {
      throw new LogCorrupt('(unknown)', -1, 'the index of the streams lists more than there is');
    }
  }

  /**
   * The events that follow a position, which is not the log's last one.
   * @throws LogCorrupt
   */
  batchAfter(afterPosition: number): readonly RecordedEvent[] {
    const events: RecordedEvent[] = [];
    const from = afterPosition + 1;
    let next = from;
    try {
      next = this.store.startOfAppend(from) ?? from;
      for (const { key, value } of this.store.appendsFrom(next)) {
        if (key !== next) break;
        if (this.isThorough) this.assertListed(key, value);
        next += eventCount(value);
        if (next > from) record(events, value, { position: key, skip: Math.max(0, from - key) });
        if (events.length >= BATCH_EVENTS) break;
      }
    } catch (error) {
      if (events.length === 0) throw this.corruptFor(error, next);
    }
    if (events.length === 0) throw this.corruptAt(next, 'missing');
    return events;
  }

  private lastPosition(): number {
    try {
      return this.store.lastPosition();
    } catch (error) {
      throw new LogCorrupt('(unknown)', -1, `the end of the log: ${(error as Error).message}`);
    }
  }

  private assertListed(position: number, append: FlatAppend): void {
    const [stream, firstRevision] = append;
    const place = this.store.placeOf(stream, firstRevision);
    if (place?.position === position && place.events === eventCount(append)) return;
    throw new LogCorrupt(stream, firstRevision, 'the index of the streams does not lead to it');
  }

  private corruptFor(error: unknown, position: number): LogCorrupt {
    if (error instanceof LogCorrupt) return error;
    return this.corruptAt(position, (error as Error).message);
  }

  /** @throws LogCorrupt for whatever keeps a stream from being read. */
  private readable(stream: string, from: number): readonly RecordedEvent[] {
    try {
      return this.streamBatch(stream, from);
    } catch (error) {
      if (error instanceof LogCorrupt) throw error;
      throw new LogCorrupt(stream, from, (error as Error).message);
    }
  }

  private streamBatch(stream: string, from: number): readonly RecordedEvent[] {
    const events: RecordedEvent[] = [];
    const start = this.store.appendAtOrBelow(stream, from)?.firstRevision ?? from;
    let next = start;
    for (const append of this.store.appendsOf(stream, start)) {
      if (append.firstRevision !== next) throw new LogCorrupt(stream, next, 'missing');
      next += append.events;
      if (next <= from) continue;
      const skip = Math.max(0, from - append.firstRevision);
      record(events, this.recordOf(stream, append), { position: append.position, skip });
      if (events.length >= BATCH_EVENTS) break;
    }
    return events;
  }

  private recordOf(stream: string, append: StreamAppend): FlatAppend {
    const { firstRevision, position, events } = append;
    const record = this.recordAt(stream, append);
    const isRight = record[0] === stream && record[1] === firstRevision;
    if (isRight && eventCount(record) === events) return record;
    throw new LogCorrupt(stream, firstRevision, `another record stands at position ${position}`);
  }

  private recordAt(stream: string, { firstRevision, position }: StreamAppend): FlatAppend {
    try {
      const record = this.store.append(position);
      if (record !== undefined) return record;
    } catch (error) {
      throw new LogCorrupt(stream, firstRevision, (error as Error).message);
    }
    throw new LogCorrupt(stream, firstRevision, 'missing');
  }

  private corruptAt(position: number, problem: string): LogCorrupt {
    const owner = this.ownerOf(position);
    const where = `${problem}, at position ${position} of the log`;
    return new LogCorrupt(owner?.stream ?? '(unknown)', owner?.firstRevision ?? -1, where);
  }

  /** Where there is damage, the index may be damaged too. */
  private ownerOf(position: number): ReturnType<AppendStore['whoseAppend']> {
    try {
      return this.store.whoseAppend(position);
    } catch {
      return undefined;
    }
  }
}

/** Adds an append's events, without the first `skip` ones. */
function record(
  events: RecordedEvent[],
  append: FlatAppend,
  { position, skip }: { readonly position: number; readonly skip: number },
): void {
  const [stream, firstRevision] = append;
  const fields = append as readonly string[];
  const count = eventCount(append);
  for (let index = skip, at = HEAD_FIELDS + skip * EVENT_FIELDS; index < count; index += 1) {
    events.push({
      id: fields[at]!,
      type: fields[at + 1]!,
      data: fields[at + 2]!,
      metadata: fields[at + 3]!,
      stream,
      revision: firstRevision + index,
      position: position + index,
    });
    at += EVENT_FIELDS;
  }
}
