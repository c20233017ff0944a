import { IDEMPOTENCY_WINDOW_MS, team, type TeamCommand, type TeamState } from '@tollgate/domain';
import type { SnapshotPart, StoredSnapshot } from '@tollgate/ports';
import {
  TeamPlay,
  arbitraryMoves,
  commandIdAt,
  eventMetadataOf,
  nodeDigest,
  serialiseTeam,
  specTime,
  teamAfter,
  teamId,
  type Move,
  type PastEvent,
} from '@tollgate/testing';
import fc from 'fast-check';
import { asPooledBuffers } from '../spec/snapshot-stores';
import { teamAggregate } from './aggregates';
import type { Loaded } from './loaded';
import { decodeSnapshot, encodeSnapshot, snapshotVersion } from './snapshot-codec';

const LINK = 'l'.repeat(43);

const loadedOf = (past: readonly PastEvent[]): Loaded<TeamState> => ({
  state: teamAfter(past),
  link: LINK,
  snapshotRevision: -1,
  foldedAt: 3,
});

/** Equal for states that are equal to the byte but for the order of external ids. */
function printOf({ state }: Pick<Loaded<TeamState>, 'state'>): string {
  const externalIds = [...state.accountIdByExternalId].sort();
  const ordered = { ...state, accountIdByExternalId: new Map(externalIds) };
  return nodeDigest.sha256(serialiseTeam(ordered));
}

const encoded = (loaded: Loaded<TeamState>): StoredSnapshot =>
  encodeSnapshot(teamId, loaded, teamAggregate.snapshot, nodeDigest);
const decoded = (stored: StoredSnapshot): Loaded<TeamState> | undefined =>
  decodeSnapshot(teamId, stored, teamAggregate.snapshot, nodeDigest);

/** What a team goes through that gets these commands. */
function pastOf(moves: readonly Move[]): PastEvent[] {
  const play = new TeamPlay();
  const state = team.initialState();
  const past: PastEvent[] = [];
  const send = (command: TeamCommand): void => {
    const decision = team.decide(command, state);
    if (decision.kind !== 'accepted') return;
    const at = Math.max(command.at, state.lastAt);
    const metadata = eventMetadataOf({ ...command, at });
    for (const event of decision.events) {
      team.evolve(state, event, metadata);
      play.learn(event);
      past.push({ event, metadata });
    }
  };
  send(play.open(500));
  for (const move of moves) send(play.commandOf(move));
  return past;
}

/** Top-ups spread over more than two days, so that the window has closed segments. */
function busyPast(count: number, hours = 60): PastEvent[] {
  return [...pastOf([])].concat(
    Array.from({ length: count }, (_, n) => ({
      event: {
        type: 'BalanceToppedUp' as const,
        data: { topUpId: `top_${n}`, amount: 1, balanceAfter: 501 + n },
      },
      metadata: {
        commandId: commandIdAt(1_000 + n),
        at: specTime + Math.floor((n * hours * 3_600_000) / count),
        bodyHash: n,
      },
    })),
  );
}

describe('given a team with any past', () => {
  it('when it is restored from a snapshot, then it is the same, and stays so', () => {
    fc.assert(
      fc.property(arbitraryMoves(80), fc.nat(), (moves, cut) => {
        const past = pastOf(moves);
        const before = loadedOf(past.slice(0, 1 + (cut % past.length)));
        const restored = decoded(encoded(before))!;
        expect(printOf(restored)).toBe(printOf(before));

        for (const { event, metadata } of past.slice(1 + (cut % past.length))) {
          team.evolve(restored.state, event, metadata);
        }
        expect(printOf(restored)).toBe(printOf(loadedOf(past)));
      }),
      { numRuns: 150 },
    );
  });

  it('when it goes on after the capture, then the snapshot stays as it was', () => {
    fc.assert(
      fc.property(arbitraryMoves(60), fc.nat(), (moves, cut) => {
        const past = pastOf(moves);
        const then = past.slice(0, 1 + (cut % past.length));
        const live = loadedOf(then);
        const snapshot = encoded(live);
        for (const { event, metadata } of past.slice(then.length)) {
          team.evolve(live.state, event, metadata);
        }
        expect(printOf(decoded(snapshot)!)).toBe(printOf(loadedOf(then)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('given a team with many recent commands', () => {
  const past = busyPast(5_000);
  const loaded = loadedOf(past);
  const snapshot = encoded(loaded);

  it('when it is restored, then link, revision and origin of its tables come back', () => {
    const { revision } = loaded.state;
    const restored = decoded(snapshot)!;

    expect(restored).toMatchObject({ link: LINK, snapshotRevision: revision, foldedAt: 3 });
    expect(restored.state.revision).toBe(revision);
    expect(restored.state.window.size).toBe(loaded.state.window.size);
  });

  it('when its parts are views into bigger memory, then it is restored all the same', () => {
    const restored = decoded(asPooledBuffers(snapshot))!;

    expect(printOf(restored)).toBe(printOf(loaded));
    expect(
      restored.state.window.find(commandIdAt(5_900), specTime + IDEMPOTENCY_WINDOW_MS),
    ).toEqual({ revision: 2 + 1 + 4_900, bodyHash: 4_900 });
  });

  it('when the restored team goes on, then what was stored does not change', () => {
    const stored = decoded(snapshot)!;
    const metadata = { commandId: commandIdAt(1), at: specTime + 60 * 3_600_000 };
    const data = { topUpId: 'top', amount: 1, balanceAfter: 1 };
    team.evolve(stored.state, { type: 'BalanceToppedUp', data }, metadata);

    expect(decoded(snapshot)).toBeDefined();
  });

  it('when it has more, then the closed parts keep name and content, the open one is new', () => {
    const before = encoded(loadedOf(busyPast(5_000, 40))).parts;
    const later = encoded(loadedOf(busyPast(5_100, 40.8))).parts;
    const closed = before.slice(0, -1);

    expect(closed).toHaveLength(6);
    expect(later.slice(0, closed.length)).toEqual(closed);
    expect(later.some(({ name }) => name === before.at(-1)!.name)).toBe(false);
  });

  it('when its tables were made by another fold, then all parts have other names', () => {
    const names = new Set(snapshot.parts.map(({ name }) => name));
    const again = encoded({ ...loaded, foldedAt: 99 });

    expect(again.parts.filter(({ name }) => names.has(name))).toEqual([]);
  });

  it('when it is saved again, then closed parts are not hashed again', () => {
    const hashed: number[] = [];
    const counting = {
      sha256: (data: string | Uint8Array): string => {
        if (typeof data !== 'string') hashed.push(data.length);
        return nodeDigest.sha256(data);
      },
    };
    encodeSnapshot(teamId, loaded, teamAggregate.snapshot, counting);
    const restored = decodeSnapshot(teamId, snapshot, teamAggregate.snapshot, nodeDigest)!;
    encodeSnapshot(teamId, restored, teamAggregate.snapshot, counting);

    expect(hashed).toEqual(Array(2).fill(snapshot.parts.at(-1)!.bytes.length));
  });

  describe('when anything of it is not what was saved, then it is not taken:', () => {
    const [first, second, ...rest] = snapshot.parts;
    const flipped = ({ name, bytes }: SnapshotPart, at: number): SnapshotPart => {
      const changed = bytes.slice();
      changed[at]! ^= 1;
      return { name, bytes: changed };
    };

    it.each([
      ['a later version', { version: snapshotVersion(teamAggregate.snapshot) + 1 }],
      ['an older version', { version: snapshotVersion(teamAggregate.snapshot) - 1 }],
      ['the revision', { revision: snapshot.revision + 1 }],
      ['the link', { link: 'm'.repeat(43) }],
      ['the hash', { hash: 'h'.repeat(43) }],
      ['an amount', { head: snapshot.head.replace('"balance":5500', '"balance":5501') }],
      ['a bit', { parts: [flipped(first!, 0), second!, ...rest] }],
      ['the last bit', { parts: [...snapshot.parts.slice(0, -1), flipped(rest.at(-1)!, 11)] }],
      ['a part left out', { parts: [second!, ...rest] }],
      ['parts in another order', { parts: [second!, first!, ...rest] }],
      [
        'a part cut short',
        { parts: [{ ...first!, bytes: first!.bytes.slice(4) }, second!, ...rest] },
      ],
      ['no part at all', { parts: [] }],
    ] satisfies [string, Partial<StoredSnapshot>][])('%s', (_, change) => {
      expect(decoded({ ...snapshot, ...change })).toBeUndefined();
      expect({ ...snapshot, ...change }).not.toEqual(snapshot);
    });

    it('another version, however sound', () => {
      const version = snapshotVersion(teamAggregate.snapshot) + 1;
      const sums = snapshot.parts.map((part) => `${part.name} ${nodeDigest.sha256(part.bytes)}`);
      const { revision, link, head } = snapshot;
      const text = [version, revision, link, ...sums, head].join('\n');

      expect(decoded({ ...snapshot, version, hash: nodeDigest.sha256(text) })).toBeUndefined();
    });

    it('one of another team, however sound', () => {
      expect(
        decodeSnapshot('tm_another', snapshot, teamAggregate.snapshot, nodeDigest),
      ).toBeUndefined();
    });
  });
});
