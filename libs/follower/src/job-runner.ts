import type { Clock, Log, Schedule, ScheduledJob } from '@tollgate/ports';

/** Does one job that is due. It is asked again, until the job is removed or put off. */
export type RunJob = (job: ScheduledJob) => Promise<void>;

export interface JobRunnerOptions {
  readonly schedule: Schedule;
  readonly clock: Clock;
  readonly log: Log;
  readonly run: RunJob;
  /** Resolves when what the log says of jobs was heard. */
  readonly caughtUp: () => Promise<void>;
  /** How often it looks for jobs, in ms. @default 1000 */
  readonly everyMs?: number;
}

const EVERY_MS = 1_000;
const JOBS_MAX = 100;

/** Does what a schedule says is due, one job after the other. */
export class JobRunner {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: JobRunnerOptions) {}

  start(): void {
    const { everyMs = EVERY_MS } = this.options;
    this.timer = setInterval(() => void this.look(), everyMs).unref();
  }

  /** Does what is due now; resolves when that is done. */
  look(): Promise<void> {
    this.running = this.running.then(() => this.runDue());
    return this.running;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** A job that fails keeps its place and does not keep the others from being done. */
  private async runDue(): Promise<void> {
    const { schedule, clock, log, run, caughtUp } = this.options;
    try {
      await caughtUp();
      for (const job of await schedule.due(clock.now(), JOBS_MAX)) {
        await run(job).catch((fault: unknown) => {
          log.warn('a job failed and is tried again', { job: job.name, fault });
        });
      }
    } catch (fault) {
      log.warn('the schedule can not be read now', { fault });
    }
  }
}
