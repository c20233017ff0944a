import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import type { Appended, EventToAppend } from '@tollgate/ports';
import { NO_STREAM_YET, STREAM_EXISTS } from './expected-revision';
import type { RecentIds } from './recent-ids';
import { repetitionAt, repetitionIn } from './repeated-append';
import { StreamDeleted, WrongExpectedVersion } from './store.errors';
import { isMetastream, isSoftDeleted } from './stream-metadata';
import type { StreamState } from './stream-states';

/** An append, with the states that decide it. */
export interface Attempt {
  readonly stream: string;
  readonly expected: number;
  /** None for the deletion of a stream. */
  readonly events: readonly EventToAppend[];
  readonly state: StreamState;
  /** Of the stream's metadata; for a metadata stream, of the stream that they are about. */
  readonly other: StreamState;
}

/** The rules by which a node of EventStoreDB takes an append, repeats its answer or refuses it. */
export class CommitCheck {
  constructor(
    private readonly log: LmdbEventLog,
    private readonly recent: RecentIds,
  ) {}

  /** Whether an append can go ahead, by what is known at once; if not, it takes a closer look. */
  isFree(attempt: Attempt): boolean {
    const { state, expected } = attempt;
    if (isTombstoned(attempt)) return false;
    if (expected >= NO_STREAM_YET) return state.last === expected;
    if (expected === STREAM_EXISTS && !doesExist(attempt)) return false;
    return !this.mayBeRepeated(attempt);
  }

  /**
   * The closer look, for when nothing is under way: where an append is already, or 'again' when it
   * is not there and nothing speaks against it.
   * @throws WrongExpectedVersion
   * @throws StreamDeleted
   */
  async examine(attempt: Attempt): Promise<Appended | 'again'> {
    const { stream, expected } = attempt;
    if (isTombstoned(attempt)) throw new StreamDeleted(stream);
    if (expected === STREAM_EXISTS && !doesExist(attempt)) {
      throw isHidden(attempt) ? new StreamDeleted(stream) : wrong(attempt);
    }
    return expected >= NO_STREAM_YET ? this.examineExact(attempt) : this.examineAny(attempt);
  }

  private mayBeRepeated({ stream, events, state }: Attempt): boolean {
    const first = events[0];
    if (first === undefined) return false;
    return state.isUnderWay(first.id) || this.recent.find(first.id)?.stream === stream;
  }

  private examineAny(attempt: Attempt): Appended | 'again' {
    const repetition = repetitionIn(this.recent, attempt.stream, attempt.events);
    if (repetition === 'in-part') throw wrong(attempt);
    return repetition === 'none' ? 'again' : repetition;
  }

  private async examineExact(attempt: Attempt): Promise<Appended | 'again'> {
    const { stream, expected, events, state } = attempt;
    if (expected === state.last) return 'again';
    if (expected > state.last || events.length === 0) throw wrong(attempt);
    const repetition = await repetitionAt(this.log, stream, expected, events);
    if (typeof repetition === 'object') return repetition;
    if (repetition === 'none' && isRevived(attempt)) return 'again';
    throw wrong(attempt);
  }
}

/** Whether readers see nothing of the stream since it was deleted. */
export const isHidden = ({ stream, other }: Attempt): boolean =>
  !isMetastream(stream) && isSoftDeleted(other.metadata);

/** Whether an append to no stream makes a deleted one go on. */
export const isRevived = (attempt: Attempt): boolean =>
  attempt.expected === NO_STREAM_YET && attempt.events.length > 0 && isHidden(attempt);

function isTombstoned({ stream, state, other }: Attempt): boolean {
  return state.isTombstoned || (isMetastream(stream) && other.isTombstoned);
}

function doesExist(attempt: Attempt): boolean {
  const { stream, state, other } = attempt;
  if (isHidden(attempt)) return false;
  return state.last >= 0 || (!isMetastream(stream) && other.last >= 0);
}

function wrong({ stream, expected, state }: Attempt): WrongExpectedVersion {
  return new WrongExpectedVersion(stream, expected, state.last);
}
