import type { RecordedEvent } from '@tollgate/ports';
import type { PlacedAppend } from './append-store';

const EVENTS_MAX = 16_384;
const BATCH_EVENTS_MAX = 4_096;

interface RecentAppend {
  readonly append: PlacedAppend;
  /** Made when somebody asks, and then shared. */
  recorded?: readonly RecordedEvent[];
}

/**
 * The end of the log in memory, with the very objects that were appended, so that subscribers
 * who keep up neither read the disk nor parse. Bounded: those who fall behind read the disk.
 */
export class RecentAppends {
  private appends: RecentAppend[] = [];
  private events = 0;

  add(append: PlacedAppend): void {
    this.appends.push({ append });
    this.events += append.events.length;
    if (this.events > 2 * EVENTS_MAX) this.forget();
  }

  /** The events that follow a position, at most a batch; undefined when they are not in memory. */
  after(position: number): readonly RecordedEvent[] | undefined {
    const first = this.indexOf(position + 1);
    if (first < 0) return undefined;
    const start = this.recorded(first);
    const skipped = position + 1 - start[0]!.position;
    const batch = skipped === 0 ? [start] : [start.slice(skipped)];
    let count = batch[0]!.length;
    for (let index = first + 1; index < this.appends.length; index += 1) {
      count += this.appends[index]!.append.events.length;
      if (count > BATCH_EVENTS_MAX) break;
      batch.push(this.recorded(index));
    }
    return batch.length === 1 ? batch[0] : batch.flat();
  }

  /** Index of the append that holds a position's event; -1 when none does. */
  private indexOf(position: number): number {
    let low = 0;
    let high = this.appends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.appends[middle]!.append.position <= position) low = middle + 1;
      else high = middle;
    }
    const found = this.appends[low - 1]?.append;
    return found !== undefined && position < found.position + found.events.length ? low - 1 : -1;
  }

  private recorded(index: number): readonly RecordedEvent[] {
    const recent = this.appends[index]!;
    recent.recorded ??= record(recent.append);
    return recent.recorded;
  }

  private forget(): void {
    let count = 0;
    while (this.events > EVENTS_MAX) this.events -= this.appends[count++]!.append.events.length;
    this.appends = this.appends.slice(count);
  }
}

function record({ stream, firstRevision, position, events }: PlacedAppend): RecordedEvent[] {
  return events.map(({ id, type, data, metadata, decoded }, index) => ({
    id,
    type,
    data,
    metadata,
    decoded,
    stream,
    revision: firstRevision + index,
    position: position + index,
  }));
}
