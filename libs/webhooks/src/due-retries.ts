import { WorkStopped, UnderWay, type StopSignal } from '@tollgate/follower';
import type { ScheduledJob } from '@tollgate/ports';
import { eventAt } from './event-at';
import type { WebhookOptions } from './options';
import type { WebhookPorts } from './ports';
import { isTooOld, postponedTo } from './retry-plan';
import { RetrySchedule } from './retry-schedule';
import { webhookEventIn } from './webhook-event';
import { webhookJobIn } from './webhook-job';
import type { WebhookTask, WebhookTasks } from './webhook-task';

/** So many jobs are begun at one look. */
const BEGUN_MAX = 500;

/** Looks for attempts that are due now and then, and begins them beside each other. */
export class DueRetries {
  private readonly names = new Set<string>();
  private readonly underWay: UnderWay;
  private readonly schedule: RetrySchedule;
  private looking: Promise<void> = Promise.resolve();
  private cancel = (): void => undefined;

  constructor(
    private readonly ports: WebhookPorts,
    private readonly options: WebhookOptions,
    private readonly tasks: WebhookTasks,
    private readonly stopping: StopSignal,
  ) {
    this.underWay = new UnderWay(options.eventsMax);
    this.schedule = new RetrySchedule(ports, options, stopping);
  }

  get size(): number {
    return this.underWay.size;
  }

  /** Looks at once, for what became due while nobody looked. */
  start(): void {
    this.looking = this.look().then(() => this.lookLater());
  }

  /** Looks no more, and resolves when no look is under way. */
  async stop(): Promise<void> {
    this.cancel();
    await this.looking;
  }

  /** Resolves when every attempt that was begun is over. */
  async settled(): Promise<void> {
    await this.looking;
    await this.underWay.settled();
  }

  /** False when it takes longer. */
  settledWithin(delayMs: number): Promise<boolean> {
    return this.underWay.settledWithin(delayMs, this.options.timer);
  }

  private lookLater(): void {
    if (this.stopping.isRaised) return;
    const { lookMs, timer } = this.options;
    this.cancel = timer(lookMs, () => this.start());
  }

  private async look(): Promise<void> {
    if (this.underWay.isFull) return;
    // What ends while the schedule is read may still be in what was read.
    const before = new Set(this.names);
    const { schedule, clock, log } = this.ports;
    try {
      const due = await schedule.due(clock.now(), before.size + BEGUN_MAX);
      for (const job of due) if (!before.has(job.name)) this.begin(job);
    } catch (error) {
      log.warn('the schedule of webhooks can not be read now', { error });
    }
  }

  private begin(job: ScheduledJob): void {
    if (this.stopping.isRaised) return;
    this.names.add(job.name);
    const tell = (error: unknown): void => {
      if (error instanceof WorkStopped) return;
      this.ports.log.error('an attempt broke off', { eventId: job.name, error });
    };
    const run = this.run(job).catch(tell);
    this.underWay.add(run.then(() => void this.names.delete(job.name)));
  }

  private async run(job: ScheduledJob): Promise<void> {
    try {
      const task = await this.taskOf(job);
      return await (task === undefined ? this.giveUp(job.name) : this.tasks.run(task));
    } catch (error) {
      if (error instanceof WorkStopped) throw error;
      this.ports.log.warn('the event of a webhook can not be read now', {
        eventId: job.name,
        error,
      });
      const moment = { now: this.ports.clock.now(), chance: this.options.random() };
      return this.schedule.put({ ...job, dueAt: postponedTo(moment) });
    }
  }

  private async taskOf(job: ScheduledJob): Promise<WebhookTask | undefined> {
    const { events, clock, digest } = this.ports;
    const found = webhookJobIn(job);
    if (found === undefined || isTooOld(found.at, clock.now())) return undefined;
    const recorded = await eventAt(found, events);
    const event = recorded === undefined ? undefined : webhookEventIn(recorded, digest);
    return event && { event, attempt: found.attempt, isScheduled: true };
  }

  private giveUp(eventId: string): Promise<void> {
    this.options.metrics.givenUp();
    const reason = 'too old, or not in the log';
    this.ports.log.warn('a webhook was given up', { eventId, reason });
    return this.schedule.remove(eventId);
  }
}
