/** Something to be done at a time. */
export interface ScheduledJob {
  readonly name: string;
  /** Unix ms. */
  readonly dueAt: number;
  /** JSON or any other text, at most 4,000 characters. */
  readonly detail: string;
}

/**
 * What a consumer of the log has to do later. It lives beside the consumer's checkpoint: when both
 * are lost, following the log from the start brings every job back.
 */
export interface Schedule {
  /** Replaces a job of the same name. On stable storage, or as durable as the checkpoint is. */
  put(job: ScheduledJob): Promise<void>;
  remove(name: string): Promise<void>;
  /** Jobs that are due at `now`, the oldest first, at most `limit`. */
  due(now: number, limit: number): Promise<readonly ScheduledJob[]>;
}
