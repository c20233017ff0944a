import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Appended } from '@tollgate/ports';
import { isUnanswered } from '../faults/faults';
import type { NodeContext } from '../node-context';
import { InvalidRequest } from '../store/store.errors';
import { appendSuccess, batchAccessDenied, batchError, batchTimeout } from '../wire/answers';
import type { BatchAppendRequest, Uuid } from '../wire/messages';
import { expectedIn, uuidIn, writableStreamIn } from '../wire/requests';
import { rpcError, unavailable } from '../wire/rpc-errors';
import { BatchOfEvents } from './batch-of-events';

type BatchStream = ServerDuplexStream<BatchAppendRequest, object>;

/** A call with so much under way is not read on until half of it is done. */
const APPENDS_MAX = 1_000;
const BYTES_MAX = 16 * 1_024 * 1_024;
/** Appends of a call of which only a part has arrived. */
const PARTIAL_MAX = 100;
const DEADLINE_CHECK_MS = 250;

/** A call that carries many appends; each has an answer of its own, known by its id. */
export function batchAppendCall(node: NodeContext): (call: BatchStream) => void {
  return (call) => {
    try {
      const isAnonymous = node.access.isAnonymous(call.metadata);
      node.appendStreams.add(call);
      new BatchAppendCall(node, call, isAnonymous).start();
    } catch (error) {
      call.emit('error', rpcError(error));
    }
  };
}

class BatchAppendCall {
  private readonly partial = new Map<string, BatchOfEvents>();
  /** Appends without an answer yet, and when they are to have one; 0 for no deadline. */
  private readonly underWay = new Map<BatchOfEvents, number>();
  private readonly deadlines: NodeJS.Timeout;
  private bytesUnderWay = 0;
  private isEnding = false;

  constructor(
    private readonly node: NodeContext,
    private readonly call: BatchStream,
    private readonly isAnonymous: boolean,
  ) {
    this.deadlines = setInterval(() => this.answerLate(), DEADLINE_CHECK_MS);
    this.deadlines.unref();
  }

  start(): void {
    const { call } = this;
    const close = (): void => {
      clearInterval(this.deadlines);
      this.node.appendStreams.remove(call);
    };
    call.on('data', (request: BatchAppendRequest) => this.receive(request));
    call.on('end', () => {
      this.isEnding = true;
      this.endWhenAnswered();
    });
    call.on('cancelled', close);
    call.on('close', close);
    call.on('error', close);
  }

  private receive(request: BatchAppendRequest): void {
    try {
      const id = uuidIn(request.correlationId);
      const batch = this.partial.get(id) ?? this.begin(id, request);
      batch.add(request);
      if (request.isFinal !== true) return;
      this.partial.delete(id);
      this.append(batch);
    } catch (error) {
      this.call.emit('error', rpcError(error));
    }
  }

  private begin(id: string, { correlationId, options }: BatchAppendRequest): BatchOfEvents {
    if (options === undefined) throw new InvalidRequest('an append begins with its options');
    if (this.partial.size >= PARTIAL_MAX) throw new InvalidRequest('too many unfinished appends');
    const batch = new BatchOfEvents(correlationId as Uuid, options);
    this.partial.set(id, batch);
    return batch;
  }

  private append(batch: BatchOfEvents): void {
    this.underWay.set(batch, batch.deadline);
    this.bytesUnderWay += batch.bytes;
    if (this.isOver(1)) this.call.pause();
    this.outcomeOf(batch).then(
      (answer) => answer !== undefined && this.answer(batch, answer),
      (error: unknown) => this.answer(batch, { error: batchError(error) }),
    );
  }

  /** Undefined when there is to be no answer. */
  private async outcomeOf(batch: BatchOfEvents): Promise<object | undefined> {
    if (this.isAnonymous) return { error: batchAccessDenied() };
    if (batch.fault !== undefined) throw batch.fault;
    const stream = writableStreamIn(batch.options.streamIdentifier);
    const expected = expectedIn(batch.options);
    const { writer } = this.node.store;
    const outcome = await this.node.faults.append<Appended>(() =>
      writer.append(stream, expected, batch.events),
    );
    if (!isUnanswered(outcome)) return appendSuccess(outcome);
    this.settle(batch);
    if (outcome === 'cut') this.call.emit('error', unavailable('the connection was lost'));
    return undefined;
  }

  private answer(batch: BatchOfEvents, result: object): void {
    if (!this.settle(batch) || this.call.destroyed || this.call.writableEnded) return;
    this.call.write({ ...batch.echo, ...result });
    this.endWhenAnswered();
  }

  /** False when that is done already. */
  private settle(batch: BatchOfEvents): boolean {
    if (!this.underWay.delete(batch)) return false;
    this.bytesUnderWay -= batch.bytes;
    if (this.call.isPaused() && !this.isOver(1 / 2)) this.call.resume();
    return true;
  }

  private isOver(part: number): boolean {
    return this.underWay.size > part * APPENDS_MAX || this.bytesUnderWay > part * BYTES_MAX;
  }

  private answerLate(): void {
    const now = Date.now();
    for (const [batch, deadline] of this.underWay) {
      if (deadline > 0 && deadline < now) this.answer(batch, { error: batchTimeout() });
    }
  }

  private endWhenAnswered(): void {
    if (this.isEnding && this.underWay.size === 0 && !this.call.writableEnded) this.call.end();
  }
}
