import type { RecordedEvent } from '@tollgate/ports';
import type { Store } from '../store/store';
import type { StreamView } from '../store/stream-reader';
import type { ReadOptions, StreamOptions } from '../wire/messages';
import { streamIn } from '../wire/requests';
import type { ReadChannel } from './read-channel';
import { sendEvents } from './send-events';

/** @throws StreamDeleted when the stream was ended for ever. */
export async function readStream(
  store: Store,
  channel: ReadChannel,
  options: ReadOptions,
): Promise<void> {
  const from = options.stream!;
  const stream = streamIn(from.streamIdentifier);
  const view = await store.streams.view(stream);
  if (view === undefined) {
    const streamIdentifier = { streamName: Buffer.from(stream) };
    return channel.send([{ streamNotFound: { streamIdentifier } }]);
  }
  await sendEvents(channel, eventsOf(store, stream, view, options), options);
}

function eventsOf(
  store: Store,
  stream: string,
  view: StreamView,
  options: ReadOptions,
): AsyncIterable<readonly RecordedEvent[]> {
  const from = revisionIn(options.stream!);
  return options.readDirection === 'Backwards'
    ? store.streams.backwards(stream, view, from, Number(options.count))
    : store.streams.forwards(stream, view, from);
}

function revisionIn({ revision, end }: StreamOptions): number {
  if (revision !== undefined) return Number(revision);
  return end === undefined ? 0 : Infinity;
}
