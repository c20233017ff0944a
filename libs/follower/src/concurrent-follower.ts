import type { RecordedEvent, Subscription } from '@tollgate/ports';
import { CheckpointSaver, type CheckpointOptions } from './checkpoint-saver';
import type { FollowerPorts } from './log-follower';
import { Progress } from './progress';
import { StopSignal, WorkStopped } from './stop-signal';
import { UnderWay } from './under-way';

/** What one event leads to. */
export interface Work {
  /** Names it in the log. */
  readonly subject: Readonly<Record<string, string>>;
  /** @throws WorkStopped it goes on after the next start. */
  run(): Promise<void>;
}

export interface ConcurrentFollowerOptions extends CheckpointOptions {
  /** Work under way at once; with as much, the log is read no further. */
  readonly workMax: number;
  /** How long stop() waits for the work that is running. */
  readonly stopMs: number;
  /** Undefined for an event that needs nothing done. */
  readonly workOf: (event: RecordedEvent) => Work | undefined;
}

/**
 * Follows the log and does what its events lead to beside each other; the checkpoint stays before
 * the oldest work that is under way. It is started once and stopped once.
 */
export class ConcurrentFollower {
  /** Raised when it is told to stop: work that waits may end. */
  readonly stopping = new StopSignal();
  private readonly underWay: UnderWay;
  private progress = new Progress(0);
  private saver: CheckpointSaver | undefined;
  private subscription: Subscription | undefined;
  private starting: Promise<void> | undefined;
  private stopped: Promise<boolean> | undefined;

  constructor(
    private readonly ports: FollowerPorts,
    private readonly options: ConcurrentFollowerOptions,
  ) {
    this.underWay = new UnderWay(options.workMax);
  }

  /** Work under way now. */
  get size(): number {
    return this.underWay.size;
  }

  /**
   * Reads the checkpoint and follows the log from there.
   * @throws WorkStopped it was stopped; a new one can go on.
   * @throws Error the checkpoint can't be read; start again later.
   */
  start(): Promise<void> {
    if (this.stopping.isRaised) return Promise.reject(new WorkStopped());
    this.starting ??= this.follow().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  /** Resolves when the work is over that what the log holds at the time of the call leads to. */
  async idle(): Promise<void> {
    await this.starting;
    await this.subscription?.caughtUp();
    await this.underWay.settled();
  }

  /**
   * Begins no more work, waits a limited time for what is running, and saves the checkpoint. What
   * is unfinished is done after the next start. False when work was left running.
   */
  stop(): Promise<boolean> {
    this.stopped ??= this.windDown();
    return this.stopped;
  }

  private async follow(): Promise<void> {
    const { events, checkpoints, log } = this.ports;
    const { consumer } = this.options;
    const checkpoint = await checkpoints.load(consumer);
    this.progress = new Progress(checkpoint);
    this.saver = new CheckpointSaver(checkpoints, this.progress, this.options, log);
    this.subscription = events.subscribe(checkpoint, (batch) => this.take(batch));
    log.info('follows the log', { consumer, checkpoint });
  }

  private async windDown(): Promise<boolean> {
    const { stopMs, timer } = this.options;
    this.stopping.raise();
    await this.starting?.catch(() => undefined);
    await this.subscription?.stop();
    const isDone = await this.underWay.settledWithin(stopMs, timer);
    await this.saver?.close();
    return isDone;
  }

  /** Waits while there is too much under way, and with it the log's reader. */
  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    for (const event of batch) {
      // A batch that failed half-way comes again as a whole.
      if (event.position <= this.progress.seen) continue;
      const work = this.options.workOf(event);
      if (work === undefined) {
        this.progress.pass(event.position);
      } else {
        if (this.underWay.isFull) await this.roomOrStop();
        if (this.stopping.isRaised) return;
        this.begin(work, event.position);
      }
    }
    this.saver?.request();
  }

  private async roomOrStop(): Promise<void> {
    await this.stopping.interrupt(this.underWay.room()).catch(() => undefined);
  }

  private begin({ subject, run }: Work, position: number): void {
    this.progress.begin(position);
    const finish = (): void => {
      this.progress.finish(position);
      this.saver?.request();
    };
    const tell = (error: unknown): void => {
      if (error instanceof WorkStopped) return;
      this.ports.log.error('work broke off', { ...subject, error });
    };
    this.underWay.add(run().then(finish).catch(tell));
  }
}
