import type { CommandMemory, CommandMetadata } from '@tollgate/domain';
import type { WritableKind } from './aggregate';
import type { DecidedBatch } from './decide-batch';

/** Longer than any append is on its way: connections and requests time out long before. */
const ARRIVAL_MS_MAX = 60_000;

interface Attempt {
  readonly commandId: string;
  readonly at: number;
}

/**
 * Appends to one stream that the log did not answer. They may be in the log, and as long as the
 * stream ends where they were to begin, they may even be on their way to it.
 */
export class UnansweredAppends {
  /** By the revision that the command's first event was to have. */
  private readonly attempts = new Map<number, Attempt>();
  private readonly commandIds = new Set<string>();
  private readonly fingerprints = new Set<string>();
  private revisionBefore = -1;
  private sentAt = 0;

  get isEmpty(): boolean {
    return this.commandIds.size === 0;
  }

  add({ decided, revisionBefore }: DecidedBatch<WritableKind>): void {
    this.revisionBefore = revisionBefore;
    let revision = revisionBefore;
    for (const { command, at, revisionAfter } of decided) {
      if (revisionAfter > revision) this.addAttempt(command, revision + 1, at);
      revision = revisionAfter;
    }
  }

  /** Forgets appends that the stream has moved past: nothing can come of them any more. */
  settle(revision: number): void {
    if (this.isEmpty || revision <= this.revisionBefore) return;
    this.attempts.clear();
    this.commandIds.clear();
    this.fingerprints.clear();
  }

  has({ id, fingerprint }: CommandMetadata): boolean {
    if (this.isEmpty) return false;
    return (
      this.commandIds.has(id) || (fingerprint !== undefined && this.fingerprints.has(fingerprint))
    );
  }

  /**
   * Whether the command, or the request that it repeats, may yet arrive in the log, after its end
   * at `revision`. As long as it may, nobody must be told that it was not done.
   */
  mayArrive(command: CommandMetadata, revision: number): boolean {
    return (
      revision === this.revisionBefore &&
      command.at <= this.sentAt + ARRIVAL_MS_MAX &&
      this.has(command)
    );
  }

  /**
   * Where the log holds the command after all. It was accepted, even if by now its account or key
   * would be refused before anybody looked for an earlier acceptance.
   */
  landedAt(
    { id, at, bodyHash = 0 }: CommandMetadata,
    { window }: CommandMemory,
  ): number | undefined {
    if (this.isEmpty) return undefined;
    const known = window.find(id, at);
    if (known === undefined || known.bodyHash !== bodyHash) return undefined;
    return this.attempts.get(known.revision)?.commandId === id ? known.revision : undefined;
  }

  /**
   * Whether the answer is that of such an append: its caller was told of no acceptance before, and
   * repeats nothing. True once, for those that come after it do repeat it.
   */
  take(revision: number, { commandId, at }: Attempt): boolean {
    const attempt = this.attempts.get(revision);
    if (attempt?.commandId !== commandId || attempt.at !== at) return false;
    return this.attempts.delete(revision);
  }

  private addAttempt({ id, fingerprint }: CommandMetadata, revision: number, at: number): void {
    this.attempts.set(revision, { commandId: id, at });
    this.commandIds.add(id);
    if (fingerprint !== undefined) this.fingerprints.add(fingerprint);
    this.sentAt = Math.max(this.sentAt, at);
  }
}
