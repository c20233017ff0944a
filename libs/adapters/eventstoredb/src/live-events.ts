import { setTimeout as delay } from 'node:timers/promises';
import type { SubscribableLog } from '@tollgate/adapter-runtime';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { LogCorrupt, LogUnavailable, type Log, type RecordedEvent } from '@tollgate/ports';
import { ALL } from './event-reader';
import { subscriptionRequest } from './read-requests';
import { decodeResponses } from './read-response';
import { ResponseBuffer } from './response-buffer';
import type { ServerConnection } from './server-connection';
import { readFailure } from './server-failures';

const GATHERED_MAX = 1_000;
const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 2_000;

export interface LiveEventsOptions {
  readonly streamPrefixes: readonly string[];
  readonly log: Log;
}

/** The log as it grows, for one subscription: reading it has no end until it is closed. */
export class LiveEvents implements SubscribableLog {
  /** Position up to which somebody knows the log to reach. */
  head = 0;
  private position = 0;
  private buffer: ResponseBuffer | undefined;
  private readonly closing = new AbortController();

  constructor(
    private readonly connection: ServerConnection,
    private readonly options: LiveEventsOptions,
  ) {}

  get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  /**
   * The client does not subscribe again when a subscription ends, so that is done here, from the
   * place up to which the reader has taken all. It takes a batch when it is done with the last.
   */
  async *readAll(afterPosition: number): AsyncIterable<readonly RecordedEvent[]> {
    this.position = afterPosition;
    for (let failures = 1; !this.isClosed; failures += 1) {
      try {
        for await (const events of this.subscription()) {
          failures = 0;
          yield events;
        }
      } catch (error) {
        if (error instanceof LogCorrupt) throw error;
        await this.pause(error, failures);
      }
    }
  }

  close(): void {
    this.closing.abort();
    this.buffer?.close();
  }

  /** Waits longer with each failure, but not when closed meanwhile. */
  async pause(error: unknown, failures: number): Promise<void> {
    if (this.isClosed) return;
    this.options.log.warn('the event store can not be followed, trying again', {
      error,
      failures,
      position: this.position,
    });
    const ms = Math.min(RETRY_MS_MIN * 2 ** Math.max(0, failures - 1), RETRY_MS_MAX);
    await delay(ms, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }

  private async *subscription(): AsyncGenerator<readonly RecordedEvent[], void> {
    const request = subscriptionRequest(this.position, this.options.streamPrefixes);
    let buffer: ResponseBuffer | undefined;
    try {
      buffer = await this.open(request);
      while (!this.isClosed) {
        const responses = await buffer.take();
        if (this.isClosed) return;
        if (responses.length === 0) throw new LogUnavailable('the server ended the subscription');
        const { events, position } = decodeResponses(responses);
        if (events.length > 0) yield events;
        this.position = Math.max(this.position, position);
      }
    } catch (error) {
      throw readFailure(ALL, error as Error);
    } finally {
      buffer?.close();
    }
  }

  private async open(request: ReadReq): Promise<ResponseBuffer> {
    const call = await this.connection.read(request);
    this.buffer = new ResponseBuffer(call, { atLeast: 1, atMost: GATHERED_MAX });
    if (this.isClosed) this.buffer.close();
    return this.buffer;
  }
}
