import type { ScheduledJob } from '@tollgate/ports';
import type { EventPlace, WebhookEvent } from './webhook-event';

/** An attempt to be made later: where its event stands, and nothing of what it says. */
export interface WebhookJob extends EventPlace {
  /** Unix ms: when the event happened. */
  readonly at: number;
  /** Counted from 1. */
  readonly attempt: number;
}

export function jobOf(event: WebhookEvent, attempt: number, dueAt: number): ScheduledJob {
  const { stream, revision } = event.place;
  const job: WebhookJob = { stream, revision, at: event.at, attempt };
  return { name: event.id, dueAt, detail: JSON.stringify(job) };
}

/** Undefined when it is none of this consumer's. */
export function webhookJobIn({ detail }: ScheduledJob): WebhookJob | undefined {
  try {
    const job = JSON.parse(detail) as WebhookJob;
    const counts = [job.revision, job.at, job.attempt];
    return typeof job.stream === 'string' && counts.every(Number.isSafeInteger) ? job : undefined;
  } catch {
    return undefined;
  }
}
