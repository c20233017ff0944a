import { randomUUID } from 'node:crypto';
import { AppendOutcomeUnknown, LogUnavailable, type EventToAppend } from '@tollgate/ports';
import { encodeAppend, type AppendRequest } from './append-request';
import { AppendStream } from './append-stream';
import type { ServerConnection } from './server-connection';
import { appendFailure } from './server-failures';
import { within } from './within';

/** The server's deadline is a time on its own clock, which may be some seconds ahead of ours. */
const SERVER_DEADLINE_MS_MIN = 10_000;

/** Sends appends, and gives each of them an end in time. */
export class Appender {
  private stream: AppendStream | undefined;
  private opening: Promise<AppendStream> | undefined;
  private readonly underWay = new Set<Promise<unknown>>();
  private isClosed = false;

  constructor(
    private readonly connection: ServerConnection,
    private readonly timeoutMs: number,
  ) {}

  /** Answers the position of the last event. */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<number> {
    if (this.isClosed) throw new LogUnavailable('the event log is closed');
    const deadline = Date.now() + Math.max(this.timeoutMs, SERVER_DEADLINE_MS_MIN);
    const append = { correlationId: randomUUID(), stream, expectedRevision, deadline };
    const appending = this.send(append, encodeAppend(append, events));
    const ended: Promise<unknown> = appending
      .catch(() => undefined)
      .finally(() => this.underWay.delete(ended));
    this.underWay.add(ended);
    return appending;
  }

  /** Takes no more appends and waits for those under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.underWay);
    this.stream?.cancel();
  }

  private async send(append: AppendRequest, request: Buffer): Promise<number> {
    const stream = this.stream?.isOpen === true ? this.stream : await this.openStream();
    const { answers } = stream;
    const sending = stream.send(append.correlationId, request).catch((error: Error) => {
      throw appendFailure(append, error);
    });
    const position = await within(this.timeoutMs, sending);
    if (position !== undefined) return position;
    const wasSent = stream.forget(append.correlationId);
    if (stream.answers === answers) await this.giveUp(stream);
    const problem = `append to ${append.stream}: no answer within ${this.timeoutMs} ms`;
    throw wasSent ? new AppendOutcomeUnknown(problem) : new LogUnavailable(problem);
  }

  /** Whatever fails here, nothing was sent. */
  private async openStream(): Promise<AppendStream> {
    this.opening ??= this.connection
      .openAppends()
      .then((call) => (this.stream = new AppendStream(call)))
      .finally(() => (this.opening = undefined));
    const opening = this.opening.catch((cause: Error) => {
      throw new LogUnavailable(`no connection: ${cause.message}`, { cause });
    });
    const stream = await within(this.timeoutMs, opening);
    if (stream === undefined) throw new LogUnavailable('no connection in time');
    return stream;
  }

  /** Not one answer came for as long as an append may take: the connection itself is suspect. */
  private async giveUp(stream: AppendStream): Promise<void> {
    if (this.stream !== stream) return;
    this.stream = undefined;
    await this.connection.close();
  }
}
