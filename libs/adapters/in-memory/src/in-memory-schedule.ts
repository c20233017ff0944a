import type { Schedule, ScheduledJob } from '@tollgate/ports';

/** The jobs of one consumer. */
export class InMemorySchedule implements Schedule {
  private readonly jobs = new Map<string, ScheduledJob>();

  async put(job: ScheduledJob): Promise<void> {
    this.jobs.set(job.name, job);
  }

  async remove(name: string): Promise<void> {
    this.jobs.delete(name);
  }

  async due(now: number, limit: number): Promise<readonly ScheduledJob[]> {
    const due = [...this.jobs.values()].filter(({ dueAt }) => dueAt <= now);
    return due.sort((first, second) => first.dueAt - second.dueAt).slice(0, limit);
  }
}
