import { randomUUID } from 'node:crypto';
import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import {
  LogUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventToAppend,
} from '@tollgate/ports';
import { AppendQueue } from './append-queue';
import { CommitCheck, isHidden, isRevived, type Attempt } from './commit-check';
import { NO_STREAM_YET } from './expected-revision';
import { RecentIds } from './recent-ids';
import { InvalidRequest, WrongExpectedVersion } from './store.errors';
import { ticksOf, tombstone, toStore, type ProposedEvent } from './stored-event';
import type { StreamGrowth } from './stream-growth';
import {
  isMetastream,
  isSoftDeleted,
  METADATA_TYPE,
  metastreamOf,
  originalOf,
  SOFT_DELETE_JSON,
  undeleted,
} from './stream-metadata';
import type { StreamState, StreamStates } from './stream-states';

/**
 * Appends to streams as a node of EventStoreDB decides them. Appends to one stream follow each
 * other without waiting for the disk: each is decided by what those before it will have done. What
 * would be refused because of them waits until they are done, since they may fail.
 */
export class StreamWriter {
  private readonly recent = new RecentIds();
  private readonly queue = new AppendQueue();
  private readonly check: CommitCheck;

  constructor(
    private readonly log: LmdbEventLog,
    private readonly states: StreamStates,
    private readonly growth: StreamGrowth,
  ) {
    this.check = new CommitCheck(log, this.recent);
  }

  /**
   * Resolves when all events are on stable storage, also when they were there before.
   * @throws WrongExpectedVersion
   * @throws StreamDeleted
   * @throws ServerBusy
   * @throws AppendOutcomeUnknown
   * @throws LogUnavailable
   */
  append(stream: string, expected: number, events: readonly ProposedEvent[]): Promise<Appended> {
    const created = ticksOf(Date.now());
    const toAppend = events.map((event) => toStore(event, created));
    return this.queue.pass(toAppend, () =>
      this.decide(stream, expected, toAppend, (attempt) => this.write(attempt)),
    );
  }

  /**
   * Hides all events of a stream, which may be appended to again.
   * @throws InvalidRequest for a metadata stream.
   */
  async softDelete(stream: string, expected: number): Promise<Appended> {
    if (isMetastream(stream)) throw new InvalidRequest('metadata go with their stream');
    if (expected === NO_STREAM_YET) return this.refuseDelete(stream);
    return this.queue.pass([], () =>
      this.decide(stream, expected, [], ({ other }) =>
        this.put(metastreamOf(stream), other, [metadataEvent(SOFT_DELETE_JSON)]),
      ),
    );
  }

  /** Ends a stream for ever. */
  tombstone(stream: string, expected: number): Promise<Appended> {
    return this.queue.pass([], () =>
      this.decide(stream, expected, [], ({ state }) => {
        state.isTombstoned = true;
        return this.put(stream, state, [tombstone(randomUUID(), ticksOf(Date.now()))]);
      }),
    );
  }

  /** Resolves when no append is under way. */
  settled(): Promise<void> {
    return this.queue.empty();
  }

  private async refuseDelete(stream: string): Promise<never> {
    const { last } = await this.states.of(stream);
    throw new WrongExpectedVersion(stream, NO_STREAM_YET, last);
  }

  /** @param act puts events in the same turn, so that the next append is decided by them. */
  private async decide(
    stream: string,
    expected: number,
    events: readonly EventToAppend[],
    act: (attempt: Attempt) => Promise<Appended>,
  ): Promise<Appended> {
    for (;;) {
      const attempt = { stream, expected, events, ...(await this.statesOf(stream)) };
      const { state, other } = attempt;
      if (this.check.isFree(attempt)) return act(attempt);
      const { last } = state;
      if (state.isSettled && other.isSettled) {
        const found = await this.check.examine(attempt);
        if (found !== 'again') return found;
        const isStill = state.last === last && state.isSettled && isRevived(attempt);
        if (isStill) return act(attempt);
      }
      await Promise.all([state.settled(), other.settled()]);
    }
  }

  private async statesOf(stream: string): Promise<Pick<Attempt, 'state' | 'other'>> {
    const otherStream = isMetastream(stream) ? originalOf(stream) : metastreamOf(stream);
    const [state, other] = await Promise.all([this.states.of(stream), this.states.of(otherStream)]);
    return { state, other };
  }

  /** A deleted stream goes on where it ended: what was before stays hidden. */
  private async write(attempt: Attempt): Promise<Appended> {
    const { stream, events, state, other } = attempt;
    if (events.length === 0) return { revision: state.last, position: this.log.head };
    const goesOnAt = state.last + 1;
    const wasDeleted = isMetastream(stream) && isSoftDeleted(state.metadata);
    const appended = this.put(stream, state, events);
    if (isHidden(attempt)) {
      const json = undeleted(other.json, goesOnAt);
      await Promise.all([appended, this.put(metastreamOf(stream), other, [metadataEvent(json)])]);
    } else if (wasDeleted) {
      const json = undeleted(state.json, other.last + 1);
      await Promise.all([appended, this.put(stream, state, [metadataEvent(json)])]);
    }
    return appended;
  }

  private async put(
    stream: string,
    state: StreamState,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    const { last } = state;
    state.begin(stream, events);
    try {
      const appended = await this.log.append(stream, last, events);
      this.remember(stream, events, appended);
      this.growth.grown(stream);
      return appended;
    } catch (error) {
      this.states.forget(stream);
      throw error instanceof WrongExpectedRevision ? overtaken(error) : error;
    } finally {
      state.end(events);
    }
  }

  private remember(stream: string, events: readonly EventToAppend[], end: Appended): void {
    for (const [index, { id }] of events.entries()) {
      const before = events.length - 1 - index;
      const place = { stream, revision: end.revision - before, position: end.position - before };
      this.recent.add(id, place);
    }
  }
}

/** The append that this one was to follow failed. */
function overtaken(cause: Error): LogUnavailable {
  return new LogUnavailable('an earlier append to the stream failed', { cause });
}

function metadataEvent(json: string): EventToAppend {
  const event = { id: randomUUID(), type: METADATA_TYPE, isJson: true };
  const data = Buffer.from(json);
  return toStore({ ...event, data, metadata: Buffer.alloc(0) }, ticksOf(Date.now()));
}
