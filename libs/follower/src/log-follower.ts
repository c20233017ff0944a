import type {
  Checkpoints,
  EventSubscriber,
  Log,
  RecordedEvent,
  Subscription,
} from '@tollgate/ports';
import { CheckpointSaver } from './checkpoint-saver';
import { Progress } from './progress';
import { systemTimer } from './timer';

export interface FollowerPorts {
  readonly events: EventSubscriber;
  readonly checkpoints: Checkpoints;
  readonly log: Log;
}

export interface FollowerOptions {
  /** Name of the checkpoint. */
  readonly consumer: string;
  /** Handles a batch; what it throws brings the same batch again. */
  readonly handle: (events: readonly RecordedEvent[]) => Promise<void>;
}

const CHECKPOINT_MS = 200;

/**
 * Hands the log to a handler, batch after batch, from the saved checkpoint on. It is started and
 * stopped once.
 */
export class LogFollower {
  private saver: CheckpointSaver | undefined;
  private subscription: Subscription | undefined;

  constructor(
    private readonly ports: FollowerPorts,
    private readonly options: FollowerOptions,
  ) {}

  /** @throws Error the checkpoint can't be read; start again later. */
  async start(): Promise<void> {
    const { events, checkpoints, log } = this.ports;
    const { consumer, handle } = this.options;
    const progress = new Progress(await checkpoints.load(consumer));
    const saving = { consumer, checkpointMs: CHECKPOINT_MS, timer: systemTimer };
    const saver = new CheckpointSaver(checkpoints, progress, saving, log);
    this.saver = saver;
    this.subscription = events.subscribe(progress.seen, async (batch) => {
      await handle(batch);
      progress.pass(batch[batch.length - 1]?.position ?? progress.seen);
      saver.request();
    });
  }

  /** Resolves when all is handled that the log held at the time of the call. */
  async caughtUp(): Promise<void> {
    await this.subscription?.caughtUp();
  }

  /** No handler runs any more when it resolves, and the checkpoint is saved. */
  async stop(): Promise<void> {
    await this.subscription?.stop();
    await this.saver?.close();
  }
}
