import type { TeamCommand, TeamState } from '@tollgate/domain';
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

  /**
   * Where the log holds the command after all. It was accepted, even if by now its account or key
   * would be refused before anybody looked for an earlier acceptance.
   */
  landedAt({ id, at, bodyHash = 0 }: TeamCommand, { window }: TeamState): number | undefined {
    if (this.isEmpty) return undefined;
    const known = window.find(id, at);
    if (known === undefined || known.bodyHash !== bodyHash) return undefined;
    return this.attempts.get(known.revision)?.commandId === id ? known.revision : undefined;
  }

  /** Whether the answer is that of such an append; true once, for those that follow repeat it. */
  take(revision: number, { commandId, at }: Accepted): boolean {
    const attempt = this.attempts.get(revision);
    if (attempt?.commandId !== commandId || attempt.at !== at) return false;
    return this.attempts.delete(revision);
  }
}
