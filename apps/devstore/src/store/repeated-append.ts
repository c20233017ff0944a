import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import type { Appended, EventToAppend } from '@tollgate/ports';
import type { RecentIds } from './recent-ids';

/** Whether an append is there already: where it ends, if so; or just the beginning of it. */
export type Repetition = Appended | 'in-part' | 'none';

/** Holds an append against the events that follow a revision. @throws LogCorrupt */
export async function repetitionAt(
  log: LmdbEventLog,
  stream: string,
  expected: number,
  events: readonly EventToAppend[],
): Promise<Repetition> {
  let matched = 0;
  for await (const batch of log.readStream(stream, expected + 1)) {
    for (const stored of batch) {
      if (stored.id !== events[matched]!.id) return matched === 0 ? 'none' : 'in-part';
      matched += 1;
      if (matched === events.length) {
        return { revision: stored.revision, position: stored.position };
      }
    }
  }
  return matched === 0 ? 'none' : 'in-part';
}

/** The same for an append to wherever a stream ends, by memory alone. */
export function repetitionIn(
  recent: RecentIds,
  stream: string,
  events: readonly EventToAppend[],
): Repetition {
  let end: Repetition = 'none';
  for (const [index, { id }] of events.entries()) {
    const place = recent.find(id);
    if (place === undefined || place.stream !== stream) return index === 0 ? 'none' : 'in-part';
    end = { revision: place.revision, position: place.position };
  }
  return end;
}
