import type { Database, RootDatabase } from 'lmdb';
import type { Schedule, ScheduledJob } from '@tollgate/ports';
import { openDatabase, transact } from './lmdb-environment';
import { committed } from './lmdb-failure';
import { WriteRounds } from './write-rounds';

type JobKey = [consumer: string, name: string];
type JobEntry = readonly [dueAt: number, detail: string];
type DueKey = [consumer: string, dueAt: number, name: string];

interface JobChange {
  readonly name: string;
  /** None: the job is removed. */
  readonly job?: ScheduledJob;
}

/** Above every name in the order of LMDB's keys. */
const AFTER_ALL_NAMES = '\uffff';

/**
 * The jobs of one consumer, beside the checkpoints and as durable as they are: `jobs` by name, and
 * `due` in the order of their times. A consumer has one object of this class at a time.
 */
export class LmdbSchedule implements Schedule {
  private readonly jobs: Database<JobEntry, JobKey>;
  private readonly dueTimes: Database<true, DueKey>;
  private readonly rounds = new WriteRounds<JobChange>((changes) => this.write(changes));

  constructor(
    private readonly environment: RootDatabase,
    private readonly consumer: string,
  ) {
    this.jobs = openDatabase(environment, 'jobs');
    this.dueTimes = openDatabase(environment, 'due');
  }

  put(job: ScheduledJob): Promise<void> {
    return this.rounds.add({ name: job.name, job });
  }

  remove(name: string): Promise<void> {
    return this.rounds.add({ name });
  }

  async due(now: number, limit: number): Promise<readonly ScheduledJob[]> {
    const { consumer } = this;
    const range = { start: [consumer], end: [consumer, now, AFTER_ALL_NAMES], limit };
    return [...this.dueTimes.getKeys(range)].flatMap(([, dueAt, name]) => {
      const entry = this.jobs.get([consumer, name]);
      return entry === undefined ? [] : [{ name, dueAt, detail: entry[1] }];
    });
  }

  /** Waits for what is under way. */
  close(): Promise<void> {
    return this.rounds.close();
  }

  /** Of changes to one job the last one counts. */
  private async write(changes: readonly JobChange[]): Promise<void> {
    const last = new Map(changes.map((change) => [change.name, change.job]));
    const stored = [...last.keys()].flatMap((name): DueKey[] => {
      const entry = this.jobs.get([this.consumer, name]);
      return entry === undefined ? [] : [[this.consumer, entry[0], name]];
    });
    const write = (): void => {
      for (const key of stored) void this.dueTimes.remove(key);
      for (const [name, job] of last) this.writeJob(name, job);
    };
    const bytes = changes.reduce((sum, { job }) => sum + (job?.detail.length ?? 0), 0);
    await committed(transact(this.environment, write, bytes));
    this.environment.resetReadTxn();
  }

  private writeJob(name: string, job: ScheduledJob | undefined): void {
    const key: JobKey = [this.consumer, name];
    if (job === undefined) {
      void this.jobs.remove(key);
      return;
    }
    void this.jobs.put(key, [job.dueAt, job.detail]);
    void this.dueTimes.put([this.consumer, job.dueAt, name], true);
  }
}
