import type { Store } from '../store/store';
import type { ReadOptions, StreamOptions } from '../wire/messages';
import { streamIn } from '../wire/requests';
import type { ReadChannel } from './read-channel';
import { sendAll, uuidFormIn } from './send-events';

/**
 * Sends the events after a revision, those stored and those to come, until nobody reads. It reads
 * to the end, waits until the stream has grown, and reads on: nothing piles up for a slow reader.
 * @throws StreamDeleted when the stream was, or is, ended for ever.
 */
export async function subscribeToStream(
  store: Store,
  channel: ReadChannel,
  options: ReadOptions,
): Promise<void> {
  const stream = streamIn(options.stream!.streamIdentifier);
  const growth = new Growth(store, stream, channel);
  let next = startIn(store, stream, options.stream!);
  const readToEnd = async (): Promise<void> => {
    const view = await store.streams.view(stream);
    if (view === undefined) return;
    for await (const events of store.streams.forwards(stream, view, next)) {
      await sendAll(channel, events, uuidFormIn(options));
      if (channel.isClosed) return;
    }
    next = Math.max(next, view.last + 1);
  };
  try {
    await readToEnd();
    await channel.send([{ caughtUp: {} }]);
    while (await growth.next()) await readToEnd();
  } finally {
    growth.end();
  }
}

function startIn(store: Store, stream: string, { revision, end }: StreamOptions): number {
  if (revision !== undefined) return Number(revision) + 1;
  return end === undefined ? 0 : store.log.lastRevision(stream) + 1;
}

/** Waits for a stream to grow, which it may do while its follower is busy. */
class Growth {
  private hasGrown = false;
  private wake: () => void = () => undefined;
  readonly end: () => void;

  constructor(
    store: Store,
    stream: string,
    private readonly channel: ReadChannel,
  ) {
    this.end = store.growth.follow(stream, () => {
      this.hasGrown = true;
      this.wake();
    });
    channel.closed(() => this.wake());
  }

  /** False when nobody reads any more. */
  async next(): Promise<boolean> {
    if (!this.hasGrown && !this.channel.isClosed) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.hasGrown = false;
    return !this.channel.isClosed;
  }
}
