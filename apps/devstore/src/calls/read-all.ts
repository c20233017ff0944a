import type { RecordedEvent } from '@tollgate/ports';
import type { Store } from '../store/store';
import type { ReadOptions } from '../wire/messages';
import { filterIn } from './filter-options';
import type { ReadChannel } from './read-channel';
import { sendEvents } from './send-events';

export async function readAll(
  store: Store,
  channel: ReadChannel,
  options: ReadOptions,
): Promise<void> {
  const filter = filterIn(options.filter);
  await sendEvents(channel, eventsOf(store, options), options, filter?.wants);
}

function eventsOf(store: Store, options: ReadOptions): AsyncIterable<readonly RecordedEvent[]> {
  const { position, end } = options.all!;
  const from = position === undefined ? undefined : Number(position.commitPosition ?? 0);
  if (options.readDirection !== 'Backwards') {
    return store.all.forwards(from ?? (end === undefined ? 0 : Infinity));
  }
  const count = options.filter === undefined ? Number(options.count) : Infinity;
  return store.all.backwards(from ?? (end === undefined ? 0 : Infinity), count);
}
