import type { RecordedEvent } from '@tollgate/ports';
import type { Store } from '../store/store';
import { positionOf } from '../wire/answers';
import type { AllOptions, ReadOptions } from '../wire/messages';
import { filterIn, type Filtering } from './filter-options';
import type { ReadChannel } from './read-channel';
import { sendAll, uuidFormIn } from './send-events';

/** Sends the events after a position, those stored and those to come, until nobody reads. */
export async function subscribeToAll(
  store: Store,
  channel: ReadChannel,
  options: ReadOptions,
): Promise<void> {
  const filter = filterIn(options.filter);
  const send = filter === undefined ? plain(channel, options) : filtered(channel, options, filter);
  const subscription = store.log.subscribe(startIn(options.all!, store.log.head), send);
  subscription.caughtUp().then(
    () => channel.send([{ caughtUp: {} }]),
    (error: unknown) => channel.fail(error),
  );
  await new Promise<void>((resolve) => channel.closed(resolve));
  await subscription.stop();
}

type Send = (events: readonly RecordedEvent[]) => Promise<void>;

function plain(channel: ReadChannel, options: ReadOptions): Send {
  const uuidForm = uuidFormIn(options);
  return (events) => sendAll(channel, events, uuidForm);
}

/** Says after every so many events, sent or not, how far the log has been looked through. */
function filtered(channel: ReadChannel, options: ReadOptions, filter: Filtering): Send {
  const uuidForm = uuidFormIn(options);
  const { wants, checkpointInterval } = filter;
  let untilCheckpoint = checkpointInterval;
  return async (events) => {
    for (let at = 0; at < events.length && !channel.isClosed;) {
      const window = events.slice(at, at + untilCheckpoint);
      await sendAll(channel, window.filter(wants), uuidForm);
      at += window.length;
      untilCheckpoint -= window.length;
      if (untilCheckpoint > 0) continue;
      untilCheckpoint = checkpointInterval;
      await channel.send([{ checkpoint: positionOf(window.at(-1)!.position) }]);
    }
  };
}

function startIn({ position, end }: AllOptions, head: number): number {
  if (position !== undefined) return Number(position.commitPosition ?? 0);
  return end === undefined ? 0 : head;
}
