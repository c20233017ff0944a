import {
  CheckpointSaver,
  DeliveryStopped,
  Progress,
  StopSignal,
  UnderWay,
} from '@tollgate/delivery';
import type { RecordedEvent, Subscription } from '@tollgate/ports';
import { DueRetries } from './due-retries';
import { WEBHOOKS_CONSUMER, compileOptions, type WebhookOptions } from './options';
import type { WebhookPorts } from './ports';
import { isTooOld } from './retry-plan';
import { webhookEventIn, type WebhookEvent } from './webhook-event';
import { WebhookTasks } from './webhook-task';

/**
 * Follows the log and tells the webhooks of senders what happens to their messages, at least once,
 * unless a receiver takes it at no attempt. One that runs is enough; a second one beside it tells
 * everything twice. It is started once and stopped once.
 */
export class WebhookDelivery {
  private readonly options: WebhookOptions;
  private readonly stopping = new StopSignal();
  private readonly tasks: WebhookTasks;
  private readonly retries: DueRetries;
  private readonly underWay: UnderWay;
  private progress = new Progress(0);
  private saver: CheckpointSaver | undefined;
  private subscription: Subscription | undefined;
  private starting: Promise<void> | undefined;
  private stopped: Promise<void> | undefined;

  /** @throws RangeError when an option is out of range. */
  constructor(
    private readonly ports: WebhookPorts,
    options: Partial<WebhookOptions> = {},
  ) {
    this.options = compileOptions(options);
    this.tasks = new WebhookTasks(ports, this.options, this.stopping);
    this.retries = new DueRetries(ports, this.options, this.tasks, this.stopping);
    this.underWay = new UnderWay(this.options.eventsMax);
  }

  /** Attempts under way now, also those that wait for others. */
  get attemptCount(): number {
    return this.underWay.size + this.retries.size;
  }

  /**
   * Reads the checkpoint, follows the log from there, and makes the attempts that are due.
   * @throws DeliveryStopped it was stopped; a new one can go on.
   * @throws Error the checkpoint can't be read; start again later.
   */
  start(): Promise<void> {
    if (this.stopping.isRaised) return Promise.reject(new DeliveryStopped());
    this.starting ??= this.follow().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  /** Resolves when the first attempt is over for all that the log held at the time of the call. */
  async idle(): Promise<void> {
    await this.starting;
    await this.subscription?.caughtUp();
    await this.underWay.settled();
    await this.retries.settled();
  }

  /**
   * Begins no more attempts, waits a limited time for those that are running, and saves the
   * checkpoint. What is unfinished is told after the next start, or told again.
   */
  stop(): Promise<void> {
    this.stopped ??= this.windDown();
    return this.stopped;
  }

  private async follow(): Promise<void> {
    const { events, checkpoints, log } = this.ports;
    const options = { ...this.options, consumer: WEBHOOKS_CONSUMER };
    const checkpoint = await checkpoints.load(WEBHOOKS_CONSUMER);
    this.progress = new Progress(checkpoint);
    this.saver = new CheckpointSaver(checkpoints, this.progress, options, log);
    this.subscription = events.subscribe(checkpoint, (batch) => this.take(batch));
    this.retries.start();
    log.info('webhooks follow the log', { checkpoint });
  }

  private async windDown(): Promise<void> {
    const { stopMs, timer } = this.options;
    this.stopping.raise();
    this.tasks.close();
    await this.starting?.catch(() => undefined);
    await Promise.all([this.subscription?.stop(), this.retries.stop()]);
    const areDone = await Promise.all([
      this.underWay.settledWithin(stopMs, timer),
      this.retries.settledWithin(stopMs),
    ]);
    if (areDone.includes(false)) {
      this.ports.log.warn('stopped while webhooks were sent', { attempts: this.attemptCount });
    }
    await this.saver?.close();
  }

  /** Waits while there are too many events under way, and with it the log's reader. */
  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    for (const recorded of batch) {
      // A batch that failed half-way comes again as a whole.
      if (recorded.position <= this.progress.seen) continue;
      const event = this.toBeToldIn(recorded);
      if (event === undefined) {
        this.progress.pass(recorded.position);
      } else {
        if (this.underWay.isFull) await this.roomOrStop();
        if (this.stopping.isRaised) return;
        this.begin(event, recorded.position);
      }
    }
    this.saver?.request();
  }

  private toBeToldIn(recorded: RecordedEvent): WebhookEvent | undefined {
    const event = webhookEventIn(recorded, this.ports.digest);
    if (event === undefined || isTooOld(event.at, this.ports.clock.now())) return undefined;
    this.tasks.note(event);
    return event;
  }

  private async roomOrStop(): Promise<void> {
    await this.stopping.interrupt(this.underWay.room()).catch(() => undefined);
  }

  private begin(event: WebhookEvent, position: number): void {
    this.progress.begin(position);
    const finish = (): void => {
      this.progress.finish(position);
      this.saver?.request();
    };
    const tell = (error: unknown): void => {
      if (error instanceof DeliveryStopped) return;
      this.ports.log.error('an attempt broke off', { eventId: event.id, error });
    };
    const run = this.tasks.run({ event, attempt: 1, isScheduled: false });
    this.underWay.add(run.then(finish).catch(tell));
  }
}
