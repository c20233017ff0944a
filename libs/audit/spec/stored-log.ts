import { createHash } from 'node:crypto';
import {
  encodeEvent,
  linkIn,
  linkOf,
  withLink,
  withoutLink,
  type StoredDomainEvent,
} from '@tollgate/contracts';
import type { EventMetadata } from '@tollgate/domain';
import type { Digest, EventReader, EventToAppend, RecordedEvent } from '@tollgate/ports';

const BATCH_EVENTS = 3;

export const digest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('base64url'),
};

/** What an append puts into the log, as a writer would. */
export interface StoredAppend {
  readonly stream: string;
  readonly revisionBefore: number;
  readonly events: readonly EventToAppend[];
}

type Stored = { -readonly [Field in keyof RecordedEvent]: RecordedEvent[Field] };

/** A log with right hash chains whose records can be tampered with. */
export class StoredLog {
  readonly appends: StoredAppend[] = [];
  records: Stored[] = [];
  private readonly links = new Map<string, string>();

  append(stream: string, events: readonly [StoredDomainEvent, EventMetadata][]): void {
    const revisionBefore = this.lastRevision(stream);
    const encoded = this.close(
      stream,
      events.map(([event, metadata], index) => stored(encodeEvent(event, metadata, index))),
    );
    this.appends.push({ stream, revisionBefore, events: encoded });
    encoded.forEach((event, index) => {
      const position = this.records.length + 1;
      this.records.push({ ...event, stream, revision: revisionBefore + 1 + index, position });
    });
  }

  at(stream: string, revision: number): Stored {
    const found = this.records.find((it) => it.stream === stream && it.revision === revision);
    if (found === undefined) throw new Error(`no revision ${revision} in ${stream}`);
    return found;
  }

  lastRevision(stream: string): number {
    return this.records.filter((record) => record.stream === stream).length - 1;
  }

  remove(stream: string, revision: number): void {
    const removed = this.at(stream, revision);
    this.records = this.records.filter((record) => record !== removed);
  }

  /** Makes the chain of a stream anew, as somebody would who knows how it is made. */
  rechain(stream: string): void {
    this.links.delete(stream);
    let open: Stored[] = [];
    for (const record of this.records.filter((it) => it.stream === stream)) {
      open.push(record);
      if (linkIn(record.metadata) === undefined) continue;
      record.metadata = withoutLink(record.metadata);
      const closed = this.close(stream, open);
      record.metadata = closed[closed.length - 1]!.metadata;
      open = [];
    }
  }

  reader(): EventReader {
    return readerOf(this.records);
  }

  private close(stream: string, events: readonly EventToAppend[]): EventToAppend[] {
    const link = linkOf(this.links.get(stream) ?? stream, events, digest.sha256);
    this.links.set(stream, link);
    const last = events[events.length - 1]!;
    return [...events.slice(0, -1), { ...last, metadata: withLink(last.metadata, link) }];
  }
}

export function readerOf(records: readonly RecordedEvent[]): EventReader {
  return {
    readAll: (after = 0) => batches(records.filter(({ position }) => position > after)),
    readStream: (name, from = 0) =>
      batches(records.filter(({ stream, revision }) => stream === name && revision >= from)),
  };
}

async function* batches(records: readonly RecordedEvent[]): AsyncIterable<RecordedEvent[]> {
  for (let start = 0; start < records.length; start += BATCH_EVENTS) {
    yield records.slice(start, start + BATCH_EVENTS);
  }
}

const stored = ({ id, type, data, metadata }: EventToAppend): EventToAppend => ({
  id,
  type,
  data,
  metadata,
});
