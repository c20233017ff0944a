import { ConcurrentFollower, type Work } from '@tollgate/follower';
import type { RecordedEvent } from '@tollgate/ports';
import { DueRetries } from './due-retries';
import { WEBHOOKS_CONSUMER, compileOptions, type WebhookOptions } from './options';
import type { WebhookPorts } from './ports';
import { isTooOld } from './retry-plan';
import { webhookEventIn } from './webhook-event';
import { WebhookTasks } from './webhook-task';

/**
 * Follows the log and tells the webhooks of senders what happens to their messages, at least once,
 * unless a receiver takes it at no attempt. One that runs is enough; a second one beside it tells
 * everything twice. It is started once and stopped once.
 */
export class WebhookDelivery {
  private readonly options: WebhookOptions;
  private readonly tasks: WebhookTasks;
  private readonly retries: DueRetries;
  private readonly follower: ConcurrentFollower;
  private isRetrying = false;

  /** @throws RangeError when an option is out of range. */
  constructor(
    private readonly ports: WebhookPorts,
    options: Partial<WebhookOptions> = {},
  ) {
    this.options = compileOptions(options);
    this.follower = new ConcurrentFollower(ports, {
      ...this.options,
      consumer: WEBHOOKS_CONSUMER,
      workMax: this.options.eventsMax,
      workOf: (event) => this.workOf(event),
    });
    const { stopping } = this.follower;
    this.tasks = new WebhookTasks(ports, this.options, stopping);
    this.retries = new DueRetries(ports, this.options, this.tasks, stopping);
  }

  /** Attempts under way now, also those that wait for others. */
  get attemptCount(): number {
    return this.follower.size + this.retries.size;
  }

  /**
   * Reads the checkpoint, follows the log from there, and makes the attempts that are due.
   * @throws WorkStopped it was stopped; a new one can go on.
   * @throws Error the checkpoint can't be read; start again later.
   */
  async start(): Promise<void> {
    await this.follower.start();
    if (this.isRetrying || this.follower.stopping.isRaised) return;
    this.isRetrying = true;
    this.retries.start();
  }

  /** Resolves when the first attempt is over for all that the log held at the time of the call. */
  async idle(): Promise<void> {
    await this.follower.idle();
    await this.retries.settled();
  }

  /**
   * Begins no more attempts, waits a limited time for those that are running, and saves the
   * checkpoint. What is unfinished is told after the next start, or told again.
   */
  async stop(): Promise<void> {
    const stopped = this.follower.stop();
    this.tasks.close();
    const retried = this.retries.stop();
    const areDone = await Promise.all([
      stopped,
      retried.then(() => this.retries.settledWithin(this.options.stopMs)),
    ]);
    if (!areDone.includes(false)) return;
    this.ports.log.warn('stopped while webhooks were sent', { attempts: this.attemptCount });
  }

  private workOf(recorded: RecordedEvent): Work | undefined {
    const event = webhookEventIn(recorded, this.ports.digest);
    if (event === undefined || isTooOld(event.at, this.ports.clock.now())) return undefined;
    this.tasks.note(event);
    return {
      subject: { eventId: event.id },
      run: () => this.tasks.run({ event, attempt: 1, isScheduled: false }),
    };
  }
}
