import { ServerBusy } from '../store/store.errors';
import { unavailable } from '../wire/rpc-errors';

const CALLS_MAX = 2_000;

export interface OpenCall {
  emit(event: 'error', error: Error): boolean;
}

/** The long-lived calls of one kind: so many at a time, and all can be ended. */
export class OpenCalls {
  private readonly calls = new Set<OpenCall>();

  /** @throws ServerBusy */
  add(call: OpenCall): void {
    if (this.calls.size >= CALLS_MAX) throw new ServerBusy();
    this.calls.add(call);
  }

  remove(call: OpenCall): void {
    this.calls.delete(call);
  }

  /** Ends all calls as a lost connection would. */
  cut(reason: string): void {
    for (const call of [...this.calls]) call.emit('error', unavailable(reason));
    this.calls.clear();
  }
}
