import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogUnavailable } from '@tollgate/ports';
import type { ReadCall } from './server-connection';
import { within } from './within';

export interface ResponseBufferOptions {
  /** Waits for so many responses, if more are to come, before it hands them out. */
  readonly atLeast: number;
  /** Lets the server wait when so many have gathered. */
  readonly atMost: number;
  /** A wait in ms after which the call has failed; for ever when absent. */
  readonly idleMs?: number;
}

/** Gathers what a call brings while its reader is busy, up to a limit. */
export class ResponseBuffer {
  private gathered: Buffer[] = [];
  private hasEnded = false;
  private failure: Error | undefined;
  private wake = (): void => undefined;

  constructor(
    private readonly call: ReadCall,
    private readonly options: ResponseBufferOptions,
  ) {
    call.on('data', (response: Buffer) => this.add(response));
    call.on('error', (error: Error) => this.end(error));
    call.on('end', () => this.end());
  }

  /**
   * What has gathered, in order, at least one response; none when the call has ended.
   * @throws Error what the call failed with, once all that came before is taken.
   */
  async take(): Promise<readonly Buffer[]> {
    while (!this.hasEnded && this.gathered.length < this.options.atLeast) await this.untilChanged();
    // What came with it in this turn of the event loop makes one batch.
    if (!this.hasEnded && this.gathered.length < this.options.atMost) await nextTurn();
    const { gathered } = this;
    this.gathered = [];
    if (gathered.length === 0 && this.failure !== undefined) throw this.failure;
    this.call.resume();
    return gathered;
  }

  /** Ends the call; whoever waits gets what has gathered. */
  close(): void {
    this.end();
    this.call.cancel();
  }

  private add(response: Buffer): void {
    if (this.hasEnded) return;
    this.gathered.push(response);
    if (this.gathered.length >= this.options.atMost) this.call.pause();
    if (this.gathered.length >= this.options.atLeast) this.wake();
  }

  private end(failure?: Error): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.failure = failure;
    this.wake();
  }

  private async untilChanged(): Promise<void> {
    const { gathered } = this;
    const { length } = gathered;
    const changed = new Promise<true>((resolve) => (this.wake = () => resolve(true)));
    const { idleMs } = this.options;
    if (idleMs === undefined) return void (await changed);
    const isChanged = await within(idleMs, changed);
    if (isChanged === undefined && gathered.length === length) {
      this.end(new LogUnavailable(`nothing came within ${idleMs} ms`));
      this.call.cancel();
    }
  }
}
