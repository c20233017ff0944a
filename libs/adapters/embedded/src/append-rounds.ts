import { LRUCache } from 'lru-cache';
import {
  AppendOutcomeUnknown,
  LogUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventToAppend,
} from '@tollgate/ports';
import type { AppendStore, PlacedAppend } from './append-store';
import { causeOf } from './lmdb-failure';

const HEADS_MAX = 50_000;
/** Bounds the size of one transaction; the rest goes into the next. */
const ROUND_APPENDS_MAX = 1_000;
/** A transaction that takes longer will not end: LMDB gave up on its file. */
const STUCK_AFTER_MS = 30_000;

interface WaitingAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly EventToAppend[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (reason: Error) => void;
}

/** The appends of one transaction, and how far they take the log and its streams. */
interface Round {
  readonly members: WaitingAppend[];
  readonly placed: PlacedAppend[];
  readonly heads: Map<string, number>;
  position: number;
}

/**
 * Group commit: while one transaction is on its way to the disk the next appends gather. There is
 * never more than one on its way, so that a transaction that fails can't leave a gap in front of a
 * later one that succeeds.
 */
export class AppendRounds {
  private waiting: WaitingAppend[] = [];
  private writing: Promise<void> | undefined;
  private isScheduled = false;
  /** Why no more appends are taken. */
  private closedBy: string | undefined;
  /** Set once nobody can say what is on the disk: whoever opens the log again will see. */
  private isBroken = false;
  private readonly heads = new LRUCache<string, number>({ max: HEADS_MAX });

  constructor(
    private readonly store: AppendStore,
    /** Position of the last event on stable storage. */
    public position: number,
    private readonly onWritten: (appends: readonly PlacedAppend[]) => void,
    private readonly stuckAfterMs = STUCK_AFTER_MS,
  ) {}

  append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.closedBy !== undefined) return reject(new LogUnavailable(this.closedBy));
      this.waiting.push({ stream, expectedRevision, events, resolve, reject });
      this.schedule();
    });
  }

  /** Takes no more appends and waits for those that were taken. */
  async close(): Promise<void> {
    this.closedBy ??= 'the log is closed';
    while (this.isScheduled || this.writing !== undefined) {
      await (this.writing ?? new Promise(setImmediate));
    }
  }

  /** One turn of the event loop gathers what all connections have sent by now. */
  private schedule(): void {
    if (this.isScheduled || this.writing !== undefined) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.isBroken) return this.refuseWaiting();
      this.writing = this.write(this.nextRound()).finally(() => {
        this.writing = undefined;
        if (this.waiting.length > 0) this.schedule();
      });
    });
  }

  private refuseWaiting(): void {
    for (const { reject } of this.waiting.splice(0)) reject(new LogUnavailable(this.closedBy));
  }

  private nextRound(): Round {
    const round: Round = { members: [], placed: [], heads: new Map(), position: this.position };
    for (const append of this.waiting.splice(0, ROUND_APPENDS_MAX)) this.place(append, round);
    return round;
  }

  private place(append: WaitingAppend, round: Round): void {
    const { stream, expectedRevision, events, reject } = append;
    try {
      const actual = round.heads.get(stream) ?? this.headOf(stream);
      if (actual !== expectedRevision) {
        return reject(new WrongExpectedRevision(stream, expectedRevision, actual));
      }
      const position = round.position + 1;
      round.placed.push({ stream, firstRevision: actual + 1, position, events });
      round.members.push(append);
      round.heads.set(stream, actual + events.length);
      round.position += events.length;
    } catch (error) {
      reject(new LogUnavailable(`stream ${stream} can not be read`, { cause: error }));
    }
  }

  private headOf(stream: string): number {
    const cached = this.heads.get(stream);
    if (cached !== undefined) return cached;
    const stored = this.store.lastRevision(stream);
    this.heads.set(stream, stored);
    return stored;
  }

  private async write(round: Round): Promise<void> {
    if (round.placed.length === 0) return;
    try {
      await this.unlessStuck(this.store.write(round.placed));
    } catch (error) {
      const reason = await this.reasonOf(error);
      return round.members.forEach((append) => append.reject(reason));
    }
    this.position = round.position;
    for (const [stream, revision] of round.heads) this.heads.set(stream, revision);
    this.onWritten(round.placed);
    round.members.forEach((append, index) => append.resolve(endOf(round.placed[index]!)));
  }

  private async unlessStuck(writing: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<void>((_, reject) => {
      timer = setTimeout(() => {
        this.breakDown();
        reject(new Error('it takes too long'));
      }, this.stuckAfterMs);
    });
    await Promise.race([writing, stuck]).finally(() => clearTimeout(timer));
  }

  /** A failed transaction wrote nothing, unless it shows nevertheless. */
  private async reasonOf(error: unknown): Promise<Error> {
    const cause = await causeOf(error);
    const message = `the log could not be written: ${cause.message}`;
    if (!this.isBroken && this.isUnchanged()) return new LogUnavailable(message, { cause });
    this.breakDown();
    return new AppendOutcomeUnknown(message, { cause });
  }

  private isUnchanged(): boolean {
    try {
      this.store.refresh();
      return this.store.lastPosition() === this.position;
    } catch {
      return false;
    }
  }

  private breakDown(): void {
    this.isBroken = true;
    this.closedBy = 'the log could not be written and must be opened again';
  }
}

function endOf({ firstRevision, position, events }: PlacedAppend): Appended {
  return {
    revision: firstRevision + events.length - 1,
    position: position + events.length - 1,
  };
}
