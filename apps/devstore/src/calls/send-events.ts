import type { RecordedEvent } from '@tollgate/ports';
import type { EventFilter } from '../store/event-filter';
import { encodeEvent, type UuidForm } from '../wire/event-encoder';
import type { ReadOptions } from '../wire/messages';
import type { ReadChannel } from './read-channel';

/** Sent before looking whether the reader keeps up. */
const CHUNK_EVENTS = 128;
const CHUNK_BYTES = 512 * 1_024;
const ALL = (): boolean => true;

export function uuidFormIn({ uuidOption }: ReadOptions): UuidForm {
  return uuidOption?.string === undefined ? 'structured' : 'string';
}

/** Sends events until there were enough of them, or nobody reads any more. */
export async function sendEvents(
  channel: ReadChannel,
  batches: AsyncIterable<readonly RecordedEvent[]>,
  options: ReadOptions,
  wants: EventFilter = ALL,
): Promise<void> {
  let left = Number(options.count ?? 0);
  const uuidForm = uuidFormIn(options);
  if (left === 0) return;
  for await (const batch of batches) {
    const wanted = batch.filter(wants).slice(0, left);
    await sendAll(channel, wanted, uuidForm);
    left -= wanted.length;
    if (left === 0 || channel.isClosed) return;
  }
}

/** Sends events chunk by chunk. */
export async function sendAll(
  channel: ReadChannel,
  events: readonly RecordedEvent[],
  uuidForm: UuidForm,
): Promise<void> {
  let chunk: Buffer[] = [];
  let bytes = 0;
  for (const event of events) {
    const encoded = encodeEvent(event, uuidForm);
    chunk.push(encoded);
    bytes += encoded.length;
    if (chunk.length < CHUNK_EVENTS && bytes < CHUNK_BYTES) continue;
    await channel.send(chunk);
    if (channel.isClosed) return;
    chunk = [];
    bytes = 0;
  }
  await channel.send(chunk);
}
