import { setImmediate as breathe } from 'node:timers/promises';
import type { SubscribableLog } from '@tollgate/adapter-runtime';
import type { RecordedEvent } from '@tollgate/ports';
import type { PlacedAppend } from './append-store';
import type { LmdbEventReader } from './lmdb-event-reader';
import { RecentAppends } from './recent-appends';

/** The log as subscriptions read it: from memory as far as that goes, else from the disk. */
export class LogTail implements SubscribableLog {
  private readonly recent = new RecentAppends();

  constructor(
    private readonly reader: LmdbEventReader,
    private position: number,
  ) {}

  get head(): number {
    return this.position;
  }

  /** Appends that have reached stable storage, in the log's order. */
  add(appends: readonly PlacedAppend[]): void {
    for (const append of appends) {
      this.recent.add(append);
      this.position = append.position + append.events.length - 1;
    }
  }

  async *readAll(afterPosition: number): AsyncIterable<readonly RecordedEvent[]> {
    for (let last = afterPosition; last < this.head;) {
      const recent = this.recent.after(last);
      if (recent === undefined) await breathe();
      const batch = recent ?? this.reader.batchAfter(last);
      last = batch[batch.length - 1]!.position;
      yield batch;
    }
  }
}
