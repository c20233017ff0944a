import {
  AppendOutcomeUnknown,
  LogUnavailable,
  WrongExpectedRevision,
  type EventToAppend,
} from '@tollgate/ports';
import { AppendRounds } from './append-rounds';
import type { AppendStore, PlacedAppend } from './append-store';

const EVENT: EventToAppend = { id: 'c/0', type: 'T', data: '{}', metadata: '{}' };

/** Keeps what is written; a test says which writes fail, and how. */
class StubStore {
  readonly written: PlacedAppend[][] = [];
  readonly results: (Promise<void> | 'written-but-failing')[] = [];

  async write(appends: PlacedAppend[]): Promise<void> {
    const result = this.results.shift();
    if (result instanceof Promise) await result;
    this.written.push(appends);
    if (result !== undefined && !(result instanceof Promise)) throw new Error(result);
  }

  lastRevision(stream: string): number {
    const counts = this.written.flat().filter((append) => append.stream === stream);
    return counts.reduce((sum, { events }) => sum + events.length, -1);
  }

  lastPosition(): number {
    return this.written.flat().reduce((sum, { events }) => sum + events.length, 0);
  }

  refresh(): void {}
}

const STUCK_AFTER_MS = 30;

describe('rounds of appends', () => {
  let store: StubStore;
  let told: PlacedAppend[];
  let rounds: AppendRounds;

  beforeEach(() => {
    store = new StubStore();
    told = [];
    const tell = (appends: readonly PlacedAppend[]): void => void told.push(...appends);
    rounds = new AppendRounds(store as unknown as AppendStore, 0, tell, STUCK_AFTER_MS);
  });

  it('given appends of one turn, when written, then in one round, streams continued', async () => {
    const appends = [0, 1, 2].map((n) => rounds.append('team-1', n - 1, [EVENT]));
    appends.push(rounds.append('team-2', -1, [EVENT, EVENT]));
    const appended = await Promise.all(appends);

    expect(store.written).toHaveLength(1);
    expect(appended.map(({ revision }) => revision)).toEqual([0, 1, 2, 1]);
    expect(appended.map(({ position }) => position)).toEqual([1, 2, 3, 5]);
    expect(told).toEqual(store.written[0]);
  });

  it('given a round that fails, then none of it counts and later appends go on', async () => {
    store.results.push(Promise.reject(new Error('disk full')));
    const failing = [rounds.append('team-1', -1, [EVENT]), rounds.append('team-1', 0, [EVENT])];

    for (const result of await Promise.allSettled(failing)) {
      expect(result).toMatchObject({ reason: expect.any(LogUnavailable) });
    }
    expect(told).toEqual([]);
    await expect(rounds.append('team-1', -1, [EVENT])).resolves.toEqual({
      revision: 0,
      position: 1,
    });
  });

  it('given an append that builds on one that fails, then it is refused, not written', async () => {
    let fail: (reason: Error) => void = () => undefined;
    store.results.push(new Promise((_, reject) => (fail = reject)));
    const first = rounds.append('team-1', -1, [EVENT]);
    await new Promise(setImmediate);
    const second = rounds.append('team-1', 0, [EVENT]);
    fail(new Error('disk full'));

    await expect(first).rejects.toBeInstanceOf(LogUnavailable);
    await expect(second).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(store.written.flat()).toEqual([]);
  });

  it('given a failure whose events show, then unknown, and no more is taken', async () => {
    store.results.push('written-but-failing');
    const failing = rounds.append('team-1', -1, [EVENT]);

    await expect(failing).rejects.toBeInstanceOf(AppendOutcomeUnknown);
    await expect(rounds.append('team-2', -1, [EVENT])).rejects.toThrow('must be opened again');
    expect(store.written).toHaveLength(1);
  });

  it('given a write that never ends, then unknown, and no more is taken', async () => {
    store.results.push(new Promise(() => undefined));
    const stuck = rounds.append('team-1', -1, [EVENT]);
    await new Promise(setImmediate);
    const waiting = rounds.append('team-2', -1, [EVENT]);

    await expect(stuck).rejects.toBeInstanceOf(AppendOutcomeUnknown);
    await expect(waiting).rejects.toBeInstanceOf(LogUnavailable);
    await rounds.close();
  });

  it('given appends under way, when closed, then they end and no more are taken', async () => {
    const underWay = rounds.append('team-1', -1, [EVENT]);
    const closed = rounds.close();
    await expect(rounds.append('team-1', 0, [EVENT])).rejects.toThrow('the log is closed');

    await expect(underWay).resolves.toMatchObject({ revision: 0 });
    await closed;
  });
});
