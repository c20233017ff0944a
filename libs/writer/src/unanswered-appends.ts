import type { Accepted } from '@tollgate/ports';
import type { DecidedBatch } from './decide-batch';

interface Attempt {
  readonly commandId: string;
  readonly at: number;
}

/**
 * Appends that the log did not answer. A command that is found in the log where such an append
 * would have put it was accepted now, not before: its caller asked once, and repeats nothing.
 */
export class UnansweredAppends {
  private readonly attempts = new Map<number, Attempt>();

  get isEmpty(): boolean {
    return this.attempts.size === 0;
  }

  add({ decided, revisionBefore }: DecidedBatch): void {
    let revision = revisionBefore;
    for (const { command, at, revisionAfter } of decided) {
      if (revisionAfter > revision) this.attempts.set(revision + 1, { commandId: command.id, at });
      revision = revisionAfter;
    }
  }

  /** Whether the answer is that of such an append; true once, for those that follow repeat it. */
  take(revision: number, { commandId, at }: Accepted): boolean {
    const attempt = this.attempts.get(revision);
    if (attempt?.commandId !== commandId || attempt.at !== at) return false;
    return this.attempts.delete(revision);
  }
}
