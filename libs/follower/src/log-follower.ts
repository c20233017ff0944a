import type {
  Checkpoints,
  EventSubscriber,
  Log,
  RecordedEvent,
  Subscription,
} from '@tollgate/ports';

export interface FollowerPorts {
  readonly events: EventSubscriber;
  readonly checkpoints: Checkpoints;
  readonly log: Log;
}

export interface FollowerOptions {
  /** Name of the checkpoint. */
  readonly consumer: string;
  /** The checkpoint is saved at most this often, in ms. @default 200 */
  readonly checkpointMs?: number;
  /** Handles a batch; what it throws brings the same batch again. */
  readonly handle: (events: readonly RecordedEvent[]) => Promise<void>;
}

const CHECKPOINT_MS = 200;

/** Hands the log to a handler, from the saved checkpoint on. It is started and stopped once. */
export class LogFollower {
  private position = 0;
  private saved = 0;
  private saving: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private subscription: Subscription | undefined;
  private isStopped = false;

  constructor(
    private readonly ports: FollowerPorts,
    private readonly options: FollowerOptions,
  ) {}

  /** @throws Error the checkpoint can't be read; start again later. */
  async start(): Promise<void> {
    const { events, checkpoints } = this.ports;
    this.position = this.saved = await checkpoints.load(this.options.consumer);
    this.subscription = events.subscribe(this.position, (batch) => this.take(batch));
  }

  /** Resolves when all is handled that the log held at the time of the call. */
  async caughtUp(): Promise<void> {
    await this.subscription?.caughtUp();
  }

  /** No handler runs any more when it resolves, and the checkpoint is saved. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.subscription?.stop();
    clearTimeout(this.timer);
    await this.save();
  }

  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    await this.options.handle(batch);
    this.position = batch[batch.length - 1]?.position ?? this.position;
    const { checkpointMs = CHECKPOINT_MS } = this.options;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (!this.isStopped) void this.save();
    }, checkpointMs).unref();
  }

  /** One at a time, so that an older checkpoint never replaces a newer one. */
  private save(): Promise<void> {
    this.saving = this.saving.then(() => this.saveNow());
    return this.saving;
  }

  /** Losing a save means looking at some events once more. */
  private async saveNow(): Promise<void> {
    const { position } = this;
    const { consumer } = this.options;
    if (position <= this.saved) return;
    try {
      await this.ports.checkpoints.save(consumer, position);
      this.saved = position;
    } catch (fault) {
      this.ports.log.warn('the checkpoint was not saved', { consumer, position, fault });
    }
  }
}
