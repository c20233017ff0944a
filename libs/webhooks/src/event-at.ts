import type { EventReader, RecordedEvent } from '@tollgate/ports';
import type { EventPlace } from './webhook-event';

/** Undefined past the end of the stream. @throws LogUnavailable */
export async function eventAt(
  { stream, revision }: EventPlace,
  reader: EventReader,
): Promise<RecordedEvent | undefined> {
  for await (const batch of reader.readStream(stream, revision)) return batch[0];
  return undefined;
}
