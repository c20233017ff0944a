import type { StopSignal } from '@tollgate/follower';
import type { ScheduledJob } from '@tollgate/ports';
import type { WebhookOptions } from './options';
import type { WebhookPorts } from './ports';

/** Changes the schedule, also when it takes several tries: without it an event would be lost. */
export class RetrySchedule {
  constructor(
    private readonly ports: Pick<WebhookPorts, 'schedule' | 'log'>,
    private readonly options: Pick<WebhookOptions, 'scheduleRetryMs' | 'timer'>,
    private readonly stopping: StopSignal,
  ) {}

  /** @throws WorkStopped it is not on the schedule. */
  put(job: ScheduledJob): Promise<void> {
    return this.insist(job.name, () => this.ports.schedule.put(job));
  }

  /** @throws WorkStopped it may be on the schedule still. */
  remove(name: string): Promise<void> {
    return this.insist(name, () => this.ports.schedule.remove(name));
  }

  private async insist(eventId: string, change: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await change();
      } catch (error) {
        this.ports.log.warn('the schedule of webhooks can not be changed now', { eventId, error });
        await this.stopping.sleep(this.options.scheduleRetryMs, this.options.timer);
      }
    }
  }
}
