import * as refusals from '@eventstore/db-client/dist/streams/appendToStream/unpackError';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { LogUnavailable } from '@tollgate/ports';
import type { AppendCall } from './server-connection';

interface Pending {
  readonly resolve: (position: number) => void;
  readonly reject: (failure: Error) => void;
}

/** One long call that carries many appends, each answered by its correlation id. */
export class AppendStream {
  /** How many answers have come: tells a dead connection from a slow append. */
  answers = 0;
  private readonly waiting = new Set<string>();
  private readonly pending = new Map<string, Pending>();
  private ended: Error | undefined;
  private room: Promise<void> | undefined;
  private onRoom = (): void => undefined;

  constructor(private readonly call: AppendCall) {
    call.on('data', (answer: BatchAppendResp) => this.settle(answer));
    call.on('drain', () => this.onRoom());
    call.on('error', (error: Error) => this.end(error));
    call.on('end', () => this.end(new Error('the server ended the stream of appends')));
  }

  get isOpen(): boolean {
    return this.ended === undefined;
  }

  /**
   * Sends when the call has room, and answers the position of the last event. Rejects with the
   * server's refusal, or with what ended the call.
   * @throws LogUnavailable it was not sent.
   */
  async send(correlationId: string, request: Buffer): Promise<number> {
    this.waiting.add(correlationId);
    while (this.isOpen && this.call.writableNeedDrain) await this.untilRoom();
    const isWanted = this.waiting.delete(correlationId);
    if (!isWanted || !this.isOpen) throw new LogUnavailable('not sent', { cause: this.ended });
    return new Promise((resolve, reject) => {
      this.pending.set(correlationId, { resolve, reject });
      this.call.write(request);
    });
  }

  /** Nobody waits for the answer any more. False when the append was not sent, and won't be. */
  forget(correlationId: string): boolean {
    return !this.waiting.delete(correlationId) && this.pending.delete(correlationId);
  }

  cancel(): void {
    this.call.cancel();
  }

  private untilRoom(): Promise<void> {
    this.room ??= new Promise((resolve) => {
      this.onRoom = () => {
        this.room = undefined;
        resolve();
      };
    });
    return this.room;
  }

  private settle(answer: BatchAppendResp): void {
    this.answers += 1;
    const id = parseUUID(answer.getCorrelationId()!)!;
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (pending === undefined) return;
    const position = answer.getSuccess()?.getPosition();
    if (position !== undefined) pending.resolve(Number(position.getCommitPosition()));
    else pending.reject(refusalIn(answer));
  }

  private end(error: Error): void {
    this.ended ??= error;
    this.onRoom();
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}

function refusalIn(answer: BatchAppendResp): Error {
  const status = answer.getError();
  if (status?.hasDetails() === true) return refusals.unpackToCommandError(status, '');
  return new Error(`the server answered: ${status?.getMessage() ?? 'no position'}`);
}
