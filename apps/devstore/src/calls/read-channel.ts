import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadRequest } from '../wire/messages';
import { rpcError } from '../wire/rpc-errors';

export type ReadStream = ServerWritableStream<ReadRequest, object>;

/** The answers of a read, sent as fast as the reader takes them. */
export class ReadChannel {
  private isOver = false;
  private readonly onClose = new Set<() => void>();

  constructor(private readonly call: ReadStream) {
    const close = (): void => this.close();
    call.on('cancelled', close);
    call.on('close', close);
    call.on('error', close);
  }

  get isClosed(): boolean {
    return this.isOver;
  }

  /** Runs once nobody reads any more. */
  closed(run: () => void): void {
    if (this.isOver) run();
    else this.onClose.add(run);
  }

  /** Resolves when there is room for more, or nobody reads any more. */
  async send(messages: readonly object[]): Promise<void> {
    let hasRoom = true;
    for (const message of messages) {
      if (this.isOver) return;
      hasRoom = this.call.write(message);
    }
    if (!hasRoom && !this.isOver) await this.room();
  }

  end(): void {
    if (!this.isOver) this.call.end();
  }

  fail(error: unknown): void {
    if (!this.isOver) this.call.emit('error', rpcError(error));
  }

  private room(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.call.off('drain', done);
        this.onClose.delete(done);
        resolve();
      };
      this.call.on('drain', done);
      this.onClose.add(done);
    });
  }

  private close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onClose.forEach((run) => run());
    this.onClose.clear();
  }
}
