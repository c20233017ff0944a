import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bounds the size of one transaction; the rest goes into the next. */
const ROUND_CHANGES_MAX = 1_000;
/** A transaction that takes longer will not end: LMDB gave up on its file. */
const STUCK_AFTER_MS = 30_000;
const STUCK = 'writing takes too long: it must be opened again';

interface Round<Change> {
  readonly changes: Change[];
  readonly written: Promise<void>;
}

/**
 * Group commit: while one round of changes is on its way to the disk the next one gathers. Rounds
 * follow each other, so that each may build on what the one before left.
 */
export class WriteRounds<Change> {
  private gathering: Round<Change> | undefined;
  private last: Promise<void> = Promise.resolve();
  /** Why no more changes are taken. */
  private closedBy: string | undefined;

  constructor(
    private readonly write: (changes: readonly Change[]) => Promise<void>,
    private readonly stuckAfterMs = STUCK_AFTER_MS,
  ) {}

  /** Resolves when the change is on stable storage; rejects with what its round failed with. */
  async add(change: Change): Promise<void> {
    if (this.closedBy !== undefined) throw new Error(this.closedBy);
    if (this.gathering === undefined || this.gathering.changes.length === ROUND_CHANGES_MAX) {
      this.gathering = this.nextRound();
    }
    this.gathering.changes.push(change);
    return this.gathering.written;
  }

  /** Takes no more changes and waits for those that were taken. */
  async close(): Promise<void> {
    this.closedBy ??= 'it is closed';
    await this.last;
  }

  private nextRound(): Round<Change> {
    const changes: Change[] = [];
    const written = this.last.then(() => this.run(changes));
    this.last = written.catch(() => undefined);
    return { changes, written };
  }

  private async run(changes: readonly Change[]): Promise<void> {
    // What is asked for in this turn of the event loop goes along.
    await nextTurn();
    if (this.gathering?.changes === changes) this.gathering = undefined;
    if (this.closedBy === STUCK) throw new Error(STUCK);
    await this.unlessStuck(this.write(changes));
  }

  /** What is on the disk then, whoever opens it again will see. */
  private async unlessStuck(writing: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<void>((_, reject) => {
      timer = setTimeout(() => {
        this.closedBy = STUCK;
        reject(new Error(STUCK));
      }, this.stuckAfterMs);
    });
    await Promise.race([writing, stuck]).finally(() => clearTimeout(timer));
  }
}
