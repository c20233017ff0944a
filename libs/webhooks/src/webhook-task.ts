import { WorkStopped, type StopSignal } from '@tollgate/follower';
import { Attempts, type AttemptResult } from './attempt';
import { InOrder } from './in-order';
import type { WebhookOptions } from './options';
import type { WebhookPorts } from './ports';
import { postponedTo, retryAt, type Moment } from './retry-plan';
import { RetrySchedule } from './retry-schedule';
import type { WebhookEvent } from './webhook-event';
import { jobOf } from './webhook-job';

/** One attempt at telling a receiver of an event. */
export interface WebhookTask {
  readonly event: WebhookEvent;
  /** Counted from 1. */
  readonly attempt: number;
  /** Whether it stands on the schedule; otherwise it comes from the log. */
  readonly isScheduled: boolean;
}

/** Makes attempts, and sees to it that those that came to nothing are made again. */
export class WebhookTasks {
  private readonly attempts: Attempts;
  private readonly schedule: RetrySchedule;
  private readonly inOrder = new InOrder();

  constructor(
    private readonly ports: WebhookPorts,
    private readonly options: WebhookOptions,
    stopping: StopSignal,
  ) {
    this.attempts = new Attempts(ports, options, stopping);
    this.schedule = new RetrySchedule(ports, options, stopping);
  }

  note(event: WebhookEvent): void {
    this.attempts.note(event);
  }

  close(): void {
    this.attempts.close();
  }

  /**
   * Resolves when the event needs no more than the schedule holds. Attempts for one message are
   * made in the order in which they are asked for. @throws WorkStopped
   */
  run(task: WebhookTask): Promise<void> {
    return this.inOrder.run(task.event.messageId, () => this.runNow(task));
  }

  private async runNow(task: WebhookTask): Promise<void> {
    const result = await this.resultOf(task.event);
    const dueAt = this.dueAfter(result, task);
    this.tell(result, task, dueAt);
    const { event, attempt, isScheduled } = task;
    if (dueAt === undefined) return isScheduled ? this.schedule.remove(event.id) : undefined;
    const next = result.status === 'failed' ? attempt + 1 : attempt;
    return this.schedule.put(jobOf(event, next, dueAt));
  }

  private async resultOf(event: WebhookEvent): Promise<AttemptResult> {
    try {
      return await this.attempts.make(event);
    } catch (error) {
      if (error instanceof WorkStopped) throw error;
      this.ports.log.warn('a webhook can not be sent now', { eventId: event.id, error });
      return { status: 'postponed', reason: 'something that is needed is away' };
    }
  }

  /** Undefined when there is nothing more to be done. */
  private dueAfter({ status }: AttemptResult, { attempt }: WebhookTask): number | undefined {
    const moment: Moment = { now: this.ports.clock.now(), chance: this.options.random() };
    if (status === 'failed') return retryAt(attempt, moment);
    return status === 'postponed' ? postponedTo(moment) : undefined;
  }

  private tell(result: AttemptResult, task: WebhookTask, dueAt: number | undefined): void {
    const { log } = this.ports;
    const { metrics } = this.options;
    if (result.status === 'dropped') return;
    if (result.status !== 'expired') metrics[result.status]();
    if (result.status === 'failed') log.info('a webhook failed', fieldsOf(task, result.reason));
    const isGivenUp = result.status === 'failed' && dueAt === undefined;
    if (result.status !== 'expired' && !isGivenUp) return;
    metrics.givenUp();
    log.warn('a webhook was given up', fieldsOf(task, isGivenUp ? 'it failed' : 'it is too old'));
  }
}

/** Nothing of what is told: neither who the message was sent to nor where its webhook is. */
function fieldsOf({ event, attempt }: WebhookTask, reason: string): Record<string, unknown> {
  const { id: eventId, type, messageId, senderId, accountId } = event;
  return { eventId, type, messageId, senderId, accountId, attempt, reason };
}
