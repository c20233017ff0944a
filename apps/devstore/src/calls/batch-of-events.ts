import type { ProposedEvent } from '../store/stored-event';
import type { BatchAppendOptions, BatchAppendRequest, Uuid } from '../wire/messages';
import { ProposedEvents } from './append-limit';

const MS_PER_SECOND = 1_000;
const NANOS_PER_MS = 1_000_000;

/** One append of a batch stream, which may arrive in pieces. */
export class BatchOfEvents {
  /** Why it can't be appended; what follows of it is dropped. */
  fault: unknown;
  /** Milliseconds since 1970; 0 for none. */
  readonly deadline: number;
  private readonly proposed = new ProposedEvents();

  constructor(
    private readonly correlationId: Uuid,
    readonly options: BatchAppendOptions,
  ) {
    this.deadline = deadlineIn(options);
  }

  get events(): readonly ProposedEvent[] {
    return this.proposed.events;
  }

  get bytes(): number {
    return this.proposed.bytes;
  }

  /** What the answer repeats of the request. */
  get echo(): object {
    const { streamIdentifier, streamPosition, noStream, any, streamExists } = this.options;
    const expected = { streamPosition, noStream, any, streamExists };
    const given = Object.entries(expected).filter(([, value]) => value !== undefined);
    return { correlationId: this.correlationId, streamIdentifier, ...Object.fromEntries(given) };
  }

  add({ proposedMessages = [] }: BatchAppendRequest): void {
    try {
      if (this.fault !== undefined) return;
      for (const message of proposedMessages) this.proposed.add(message);
    } catch (error) {
      this.fault = error;
    }
  }
}

function deadlineIn(options: BatchAppendOptions): number {
  if (options.deadline_21_10_0 !== undefined) return millisecondsOf(options.deadline_21_10_0);
  if (options.deadline !== undefined) return Date.now() + millisecondsOf(options.deadline);
  return 0;
}

function millisecondsOf(time: { seconds?: string; nanos?: number }): number {
  return Number(time.seconds ?? 0) * MS_PER_SECOND + (time.nanos ?? 0) / NANOS_PER_MS;
}
