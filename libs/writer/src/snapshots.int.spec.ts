import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { teamStream } from '@tollgate/contracts';
import { teamIdOf, type TopUp } from '@tollgate/domain';
import type { Snapshots, StoredSnapshot } from '@tollgate/ports';
import {
  charge,
  createSubAccount,
  openTeam,
  serialiseTeam,
  specTime,
  teamId,
  topUp,
} from '@tollgate/testing';
import { ScriptedReads } from '../spec/scripted-reads';
import { ChangedSnapshots } from '../spec/snapshot-stores';
import { Stage, accepted, digest, expectSound, inShort, nextId, silent } from '../spec/stage';
import { teamAggregate } from './aggregates';
import { load } from './load';
import { snapshotVersion } from './snapshot-codec';

const HOUR_MS = 3_600_000;
const noSnapshots: Snapshots = { load: async () => undefined, save: async () => undefined };

const topUps = (count: number, at = specTime): TopUp[] =>
  Array.from({ length: count }, () => topUp({ amount: 1 }, { id: nextId(), at }));

const turn = (): Promise<void> => new Promise(setImmediate);

describe('given a writer with snapshots', () => {
  let log: InMemoryEventLog;
  let snapshots: ChangedSnapshots;
  let stage: Stage<ScriptedReads>;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    snapshots = new ChangedSnapshots(new InMemorySnapshots());
    stage = new Stage(new ScriptedReads(log), snapshots);
    await stage.send(
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({ creditLimit: 60 }, { id: nextId() }),
    );
  });

  afterEach(() => expectSound(log, teamId));

  /** Whether the team as it is loaded is what the log alone says. */
  async function expectLoadedIsFold(): Promise<void> {
    const base = { events: log, digest, log: silent };
    const loaded = await load(teamId, teamAggregate, { ...base, snapshots });
    const folded = await load(teamId, teamAggregate, { ...base, snapshots: noSnapshots });
    const [left, right] = [loaded, folded].map(({ state }) => digest.sha256(serialiseTeam(state)));
    expect(left).toBe(right);
    expect(loaded.link).toBe(folded.link);
  }

  const savedRevisions = (): number[] => snapshots.saved.map(({ revision }) => revision);

  it('when a team has had so many events, then it is saved, at the end of an append', async () => {
    stage.restart({ snapshotEvery: 100 });
    for (let n = 0; n < 30; n += 1) await stage.send(...topUps(17));

    expect(savedRevisions()).toEqual([106, 208, 310, 412, 514]);
    await expectLoadedIsFold();
  });

  it('when it is loaded, then the log is read from the snapshot on, however long', async () => {
    stage.restart({ snapshotEvery: 1 });
    await stage.send(...topUps(3_000));
    await turn();
    await stage.writer.close();
    stage.restart({ snapshotEvery: Infinity });
    await stage.send(...topUps(5));
    stage.restart();
    stage.events.starts.length = 0;
    await stage.send(...topUps(1));

    expect(stage.events.starts).toEqual(savedRevisions().slice(-1));
  });

  it('when it goes on from snapshots all along, then it stays the fold of the log', async () => {
    for (let n = 0; n < 25; n += 1) {
      stage.restart({ snapshotEvery: 1 + (n % 7) });
      const at = specTime + n * 3 * HOUR_MS;
      const spend = charge({ amount: 2 }, { id: nextId(), at, fingerprint: nextId() });
      await stage.send(...topUps(1 + (n % 4), at), spend);
      await stage.writer.close();
      await expectLoadedIsFold();
    }
    expect(snapshots.saved.length).toBeGreaterThan(15);
  });

  it('when a save is slow, then the next one waits until it is done', async () => {
    let underWay = 0;
    let finish: (() => void)[] = [];
    const slow: Snapshots = {
      load: async () => undefined,
      save: () => {
        expect((underWay += 1)).toBe(1);
        return new Promise<void>((resolve) => finish.push(resolve)).then(() => {
          underWay -= 1;
        });
      },
    };
    const slowStage = new Stage(log, slow, { snapshotEvery: 1 });
    for (let n = 0; n < 5; n += 1) await slowStage.send(...topUps(3));
    const closed = slowStage.writer.close();
    finish.forEach((done) => done());
    finish = [];
    await closed;
    expect(underWay).toBe(0);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('the store is away'))],
    [
      'throws',
      (): Promise<void> => {
        throw new Error('the store is broken');
      },
    ],
  ])('when saving %s, then the answers are given all the same', async (_, save) => {
    const failing = { load: async () => undefined, save };
    const failingStage = new Stage(log, failing, { snapshotEvery: 1, cacheBytesMax: 1 });
    const outcomes = await failingStage.send(...topUps(3));

    expect(inShort(outcomes)).toEqual(Array(3).fill('accepted'));
    await expect(failingStage.writer.close()).resolves.toBeUndefined();
  });

  describe('and a snapshot', () => {
    let before: number;

    beforeEach(async () => {
      stage.restart({ snapshotEvery: 1 });
      await stage.send(...topUps(100));
      for (let n = 0; n < 8; n += 1) await stage.send(...topUps(10, specTime + n * 7 * HOUR_MS));
      await stage.writer.close();
      stage.restart({ snapshotEvery: Infinity });
      await stage.send(...topUps(10, specTime + 60 * HOUR_MS));
      before = snapshots.saved.length;
      stage.restart();
    });

    const balanceAfterNext = async (): Promise<number> => {
      const outcome = accepted(await stage.sendOne(topUp({ amount: 1 }, { id: nextId() })));
      return (outcome.events[0] as { data: { balanceAfter: number } }).data.balanceAfter;
    };

    it('when it is sound, then it is taken, with what came after it', async () => {
      expect(await balanceAfterNext()).toBe(291);
      expect(stage.events.starts.at(-1)).toBe(snapshots.saved.at(-1)!.revision);
    });

    const ofAnotherLog = async (): Promise<StoredSnapshot> => {
      const other = new InMemorySnapshots();
      const elsewhere = new Stage(new InMemoryEventLog(), other, { snapshotEvery: 1 });
      await elsewhere.send(openTeam({ openingBalance: 7 }, { id: nextId() }), ...topUps(20));
      await elsewhere.writer.close();
      return (await other.load(teamStream(teamId)))!;
    };

    const ofAnotherTeam = async (): Promise<StoredSnapshot> => {
      const stranger = teamIdOf(nextId());
      const as = { teamId: stranger };
      stage.restart({ snapshotEvery: 1 });
      await stage.send(
        openTeam({ openingBalance: 9_999 }, { id: nextId(), ...as }),
        ...Array.from({ length: 50 }, () => topUp({ amount: 1 }, { id: nextId(), ...as })),
      );
      await stage.writer.close();
      stage.restart();
      return (await snapshots.load(teamStream(stranger)))!;
    };

    const ofALongerLog = async (): Promise<StoredSnapshot> => {
      const copy = new InMemoryEventLog();
      for await (const batch of log.readStream(teamStream(teamId))) {
        const { length } = await copied(copy);
        await copy.append(teamStream(teamId), length - 1, batch);
      }
      const other = new InMemorySnapshots();
      const elsewhere = new Stage(copy, other, { snapshotEvery: 1 });
      await elsewhere.send(...topUps(300));
      await elsewhere.writer.close();
      return (await other.load(teamStream(teamId)))!;
    };

    const asItIs = async (): Promise<StoredSnapshot> => (await snapshots.load(teamStream(teamId)))!;

    it.each([
      ['with a wrong hash', async () => ({ ...(await asItIs()), hash: 'h'.repeat(43) })],
      [
        'of an older version',
        async () => ({ ...(await asItIs()), version: snapshotVersion(teamAggregate.snapshot) - 1 }),
      ],
      [
        'of a later version',
        async () => ({ ...(await asItIs()), version: snapshotVersion(teamAggregate.snapshot) + 1 }),
      ],
      ['of another log', ofAnotherLog],
      ['of another team', ofAnotherTeam],
      ['of this log before it was cut back', ofALongerLog],
    ])('when it is one %s, then it is ignored', async (_, make) => {
      const made = await make();
      snapshots.change = () => made;

      expect(await balanceAfterNext()).toBe(291);
      expect(stage.events.starts.at(-1)).toBe(0);
    });

    it('when it can not be read, then the log is folded', async () => {
      snapshots.change = () => {
        throw new Error('the store is away');
      };

      expect(await balanceAfterNext()).toBe(291);
    });

    it('when a closed part went bad in the store, then a sound one takes its place', async () => {
      const { parts } = await asItIs();
      expect(parts.length).toBeGreaterThan(3);
      parts[1]!.bytes[3]! ^= 255;
      await stage.send(...topUps(300, specTime + 60 * HOUR_MS));
      expect(stage.events.starts.at(-1)).toBe(0);
      await stage.writer.close();
      stage.restart();
      await stage.send(...topUps(1));

      expect(snapshots.saved.length).toBe(before + 1);
      expect(stage.events.starts.at(-1)).toBe(snapshots.saved.at(-1)!.revision);
      await expectLoadedIsFold();
    });
  });
});

async function copied(log: InMemoryEventLog): Promise<{ length: number }> {
  let length = 0;
  for await (const batch of log.readAll()) length += batch.length;
  return { length };
}
