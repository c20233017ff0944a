import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { RecordedEvent } from '@tollgate/ports';
import { lastEventRequest, lastOfStreamRequest, logRequest, streamRequest } from './read-requests';
import { decodeResponses } from './read-response';
import { ResponseBuffer } from './response-buffer';
import type { ServerConnection } from './server-connection';
import { readFailure } from './server-failures';

const BATCH_EVENTS = 500;
/** What the server calls the whole log. */
export const ALL = '$all';

export interface ReadingOptions {
  readonly streamPrefixes: readonly string[];
  /** A wait in ms after which a read has failed. */
  readonly timeoutMs: number;
}

/** Reads that come to an end. */
export class EventReader {
  constructor(
    private readonly connection: ServerConnection,
    private readonly options: ReadingOptions,
  ) {}

  readStream(stream: string, fromRevision: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.read(streamRequest(stream, fromRevision), stream);
  }

  /** Undefined for a stream without events, or one that is deleted. */
  async lastOfStream(stream: string): Promise<RecordedEvent | undefined> {
    for await (const [last] of this.read(lastOfStreamRequest(stream), stream)) return last;
    return undefined;
  }

  async *readAll(afterPosition: number): AsyncIterable<readonly RecordedEvent[]> {
    const request = logRequest(afterPosition, this.options.streamPrefixes);
    for await (const events of this.read(request, ALL)) {
      // A read includes the event at the position where it starts.
      const rest = events[0]!.position > afterPosition ? events : events.slice(1);
      if (rest.length > 0) yield rest;
    }
  }

  /** Position of the last event of the log; 0 when it holds none. */
  async lastPosition(): Promise<number> {
    const request = lastEventRequest(this.options.streamPrefixes);
    for await (const events of this.read(request, ALL)) return events[0]!.position;
    return 0;
  }

  private async *read(
    request: ReadReq,
    stream: string,
  ): AsyncGenerator<readonly RecordedEvent[], void> {
    let buffer: ResponseBuffer | undefined;
    try {
      buffer = new ResponseBuffer(await this.connection.read(request), {
        atLeast: BATCH_EVENTS,
        atMost: BATCH_EVENTS,
        idleMs: this.options.timeoutMs,
      });
      for (;;) {
        const responses = await buffer.take();
        if (responses.length === 0) return;
        const { events } = decodeResponses(responses);
        if (events.length > 0) yield events;
      }
    } catch (error) {
      throw readFailure(stream, error as Error);
    } finally {
      buffer?.close();
    }
  }
}
