import type { TeamState } from '@tollgate/domain';
import { commandIdAt, teamAfter } from '@tollgate/testing';
import { teamAggregate } from './aggregates';
import type { Loaded } from './loaded';
import { StateCache } from './state-cache';

/** A team that remembers as many commands. */
function teamWith(commands: number): Loaded<TeamState> {
  const state = teamAfter([]);
  for (let n = 0; n < commands; n += 1) {
    state.window.remember(commandIdAt(n), { revision: n, bodyHash: 0 }, 1);
  }
  return { state, link: '', snapshotRevision: -1, foldedAt: -1 };
}

const { bytesOf } = teamAggregate;
const sizeOf = ({ state }: Loaded<TeamState>): number => bytesOf(state) + state.window.bytes;
const SMALL = sizeOf(teamWith(1));

describe('given a cache for three small teams', () => {
  let evicted: string[];
  let cache: StateCache<TeamState>;

  beforeEach(() => {
    evicted = [];
    cache = new StateCache({
      bytesMax: 3 * SMALL,
      bytesOf,
      onEvict: (teamId) => evicted.push(teamId),
    });
    for (const teamId of ['a', 'b', 'c']) cache.put(teamId, teamWith(1));
  });

  it('when one more is put, then the one that was used least lately leaves', () => {
    const used = cache.take('a')!;
    cache.put('a', used);
    cache.put('d', teamWith(1));

    expect(evicted).toEqual(['b']);
    expect(
      cache
        .all()
        .map(([teamId]) => teamId)
        .sort(),
    ).toEqual(['a', 'c', 'd']);
  });

  it('when one is taken, then it is its owner’s alone, and that is no eviction', () => {
    const taken = cache.take('a');

    expect(taken).toBeDefined();
    expect(cache.take('a')).toBeUndefined();
    expect(evicted).toEqual([]);
  });

  it('when a bigger one is put, then as many leave as it needs', () => {
    cache.put('d', teamWith(40));

    expect(sizeOf(teamWith(40))).toBeGreaterThan(SMALL);
    expect(evicted.length).toBeGreaterThan(0);
    expect(cache.all().reduce((sum, [, one]) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(
      3 * SMALL,
    );
  });

  it('when one is larger than the cache, then it stays as the only one', () => {
    cache.put('huge', teamWith(5_000));

    expect(evicted).toEqual(['a', 'b', 'c']);
    expect(cache.take('huge')).toBeDefined();
  });

  it('when a team comes back grown, then its new size counts', () => {
    const grown = cache.take('a')!;
    for (let n = 10; n < 5_000; n += 1) {
      grown.state.window.remember(commandIdAt(n), { revision: n, bodyHash: 0 }, 1);
    }
    cache.put('a', grown);

    expect(evicted).toEqual(['b', 'c']);
  });
});
