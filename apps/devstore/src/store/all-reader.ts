import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import type { RecordedEvent } from '@tollgate/ports';

/** Read at a time, going backwards. */
const WINDOW_EVENTS = 2_000;

/** Reads the whole log, which hides nothing. */
export class AllReader {
  constructor(private readonly log: LmdbEventLog) {}

  /** From a position on, its event included. */
  forwards(from: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.readAll(Math.max(0, from - 1));
  }

  /**
   * From a position back, without its event.
   * @param count so many are wanted: no more are read at a time.
   */
  async *backwards(from: number, count: number): AsyncIterable<readonly RecordedEvent[]> {
    const window = Math.min(count, WINDOW_EVENTS);
    for (let end = Math.min(from - 1, this.log.head); end > 0; end -= window) {
      yield (await this.between(Math.max(0, end - window), end)).reverse();
    }
  }

  private async between(after: number, end: number): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for await (const batch of this.log.readAll(after)) {
      for (const event of batch) if (event.position <= end) found.push(event);
      if (batch.at(-1)!.position >= end) break;
    }
    return found;
  }
}
