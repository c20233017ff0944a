import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import type { RecordedEvent } from '@tollgate/ports';
import { StreamDeleted } from './store.errors';
import { millisecondsOf, openEnvelope } from './stored-event';
import {
  isMetastream,
  isSoftDeleted,
  metadataOfMetastreams,
  metastreamOf,
  originalOf,
  type StreamMetadata,
} from './stream-metadata';
import type { StreamStates } from './stream-states';

/** Read at a time, going backwards. */
const WINDOW_EVENTS = 2_000;

/** What readers see of a stream. */
export interface StreamView {
  readonly first: number;
  readonly last: number;
  /** Events that were created before are hidden; in milliseconds. */
  readonly createdFrom: number;
}

/** Reads streams without what their metadata hide. */
export class StreamReader {
  constructor(
    private readonly log: LmdbEventLog,
    private readonly states: StreamStates,
  ) {}

  /**
   * Undefined for a stream that does not exist, or was deleted.
   * @throws StreamDeleted when it was ended for ever.
   */
  async view(stream: string): Promise<StreamView | undefined> {
    await this.assertLives(stream);
    const metadata = await this.metadataOf(stream);
    const last = this.log.lastRevision(stream);
    if (last < 0 || isSoftDeleted(metadata)) return undefined;
    const { maxCount = Infinity, truncateBefore = 0, maxAgeSeconds = Infinity } = metadata;
    return {
      first: Math.max(0, last + 1 - maxCount, truncateBefore),
      last,
      createdFrom: Date.now() - maxAgeSeconds * 1_000,
    };
  }

  async *forwards(
    stream: string,
    view: StreamView,
    from: number,
  ): AsyncIterable<readonly RecordedEvent[]> {
    const start = Math.max(from, view.first);
    if (start > view.last) return;
    for await (const batch of this.log.readStream(stream, start)) {
      const rest = batch.filter(({ revision }) => revision <= view.last);
      yield unexpired(rest, view);
      if (rest.length < batch.length || rest.at(-1)!.revision === view.last) return;
    }
  }

  /** @param count so many are wanted: no more are read at a time. */
  async *backwards(
    stream: string,
    view: StreamView,
    from: number,
    count: number,
  ): AsyncIterable<readonly RecordedEvent[]> {
    const window = Math.min(count, WINDOW_EVENTS);
    for (let end = Math.min(from, view.last); end >= view.first; end -= window) {
      const start = Math.max(view.first, end - window + 1);
      const found = await this.between(stream, start, end);
      yield unexpired(found.reverse(), view);
    }
  }

  private async between(stream: string, start: number, end: number): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for await (const batch of this.log.readStream(stream, start)) {
      for (const event of batch) if (event.revision <= end) found.push(event);
      if (batch.at(-1)!.revision >= end) break;
    }
    return found;
  }

  private async assertLives(stream: string): Promise<void> {
    const { isTombstoned } = await this.states.of(
      isMetastream(stream) ? originalOf(stream) : stream,
    );
    if (isTombstoned) throw new StreamDeleted(stream);
  }

  private async metadataOf(stream: string): Promise<StreamMetadata> {
    if (isMetastream(stream)) return metadataOfMetastreams();
    return (await this.states.of(metastreamOf(stream))).metadata;
  }
}

function unexpired(events: RecordedEvent[], { createdFrom }: StreamView): RecordedEvent[] {
  if (createdFrom === -Infinity) return events;
  return events.filter((event) => millisecondsOf(openEnvelope(event).created) >= createdFrom);
}
