import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { teamStream } from '@tollgate/contracts';
import { teamIdOf, type TeamCommand } from '@tollgate/domain';
import { ReferenceLedger, charge, newApiKey, openTeam, topUp } from '@tollgate/testing';
import { ScriptedReads } from '../spec/scripted-reads';
import { ChangedSnapshots } from '../spec/snapshot-stores';
import { Stage, countOf, expectSound, inShort, nextId, storedEvents } from '../spec/stage';

const OPENING = 100;

function opening(teamId: string): TeamCommand {
  const apiKey = newApiKey(`key_${teamId}`);
  const data = { mainAccountId: `acc_${teamId}`, openingBalance: OPENING, apiKey };
  return openTeam(data, { id: nextId(), teamId });
}

const aCharge = (teamId: string, amount = 1): TeamCommand =>
  charge({ amount, accountId: `acc_${teamId}` }, { id: nextId(), teamId });

const turn = (): Promise<void> => new Promise(setImmediate);

describe('given more teams than memory is meant for', () => {
  const teams = Array.from({ length: 120 }, () => teamIdOf(nextId()));
  let stage: Stage<ScriptedReads>;
  let snapshots: ChangedSnapshots;

  beforeEach(async () => {
    snapshots = new ChangedSnapshots(new InMemorySnapshots());
    const options = { cacheBytesMax: 20_000, snapshotEvery: 50 };
    stage = new Stage(new ScriptedReads(new InMemoryEventLog()), snapshots, options);
    await Promise.all(teams.map((teamId) => stage.sendOne(opening(teamId))));
  });

  it('when all of them are busy, then no team loses or doubles anything', async () => {
    const sent = new Map(teams.map((teamId): [string, TeamCommand[]] => [teamId, []]));
    const sending: Promise<unknown>[] = [];
    const results = new Map<string, string[]>(teams.map((teamId) => [teamId, []]));
    for (let n = 0; n < 6_000; n += 1) {
      const teamId = teams[(n * n + 7 * n) % teams.length]!;
      const known = sent.get(teamId)!;
      const command =
        n % 5 === 0 && known[0] !== undefined ? known[n % known.length]! : aCharge(teamId);
      known.push(command);
      sending.push(
        stage.sendOne(command).then((outcome) => results.get(teamId)!.push(...inShort([outcome]))),
      );
      if (n % 40 === 0) await turn();
    }
    await Promise.all(sending);

    expect(stage.events.starts.length).toBeGreaterThan(2 * teams.length);
    for (const teamId of teams) {
      const books = new ReferenceLedger();
      const stored = await storedEvents(stage.events, teamId);
      expect(stored.flatMap(({ event, metadata }) => books.record(event, metadata))).toEqual([]);
      const counts = countOf(results.get(teamId)!);
      const distinct = new Set(sent.get(teamId)!.map(({ id }) => id)).size;
      expect(counts.get('accepted') ?? 0).toBe(Math.min(OPENING, distinct));
      expect(books.balance).toBe(BigInt(OPENING - Math.min(OPENING, distinct)));
      await expectSound(stage.events, teamId);
    }
  });

  it('when a team is evicted, then it is saved if folding it again would take long', async () => {
    const [busy, quiet, ...others] = teams;
    const topUps = (count: number, teamId: string): TeamCommand[] =>
      Array.from({ length: count }, () => topUp({ amount: 1 }, { id: nextId(), teamId }));
    stage.restart({ snapshotEvery: Infinity });
    await stage.send(...topUps(300, busy!));
    await stage.send(...topUps(100, quiet!));
    for (const teamId of others) await stage.send(...topUps(1, teamId));
    await turn();

    expect(snapshots.saved.map(({ revision }) => revision)).toEqual([302]);
    stage.events.starts.length = 0;
    expect(inShort(await stage.send(...topUps(1, busy!)))).toEqual(['accepted']);
    expect(stage.events.starts).toEqual([302]);
  });

  it('when one team is larger than all memory for idle ones, then it stays in memory', async () => {
    const [large, other] = teams;
    const charges = Array.from({ length: 90 }, () => aCharge(large!));
    const many = Array.from({ length: 3_000 }, () =>
      topUp({ amount: 1 }, { id: nextId(), teamId: large! }),
    );
    stage.restart({ cacheBytesMax: 5_000 });
    await stage.send(...charges, ...many);
    stage.events.starts.length = 0;
    for (let n = 0; n < 20; n += 1) await stage.sendOne(aCharge(large!));
    expect(stage.events.starts).toEqual([]);

    await stage.sendOne(aCharge(other!));
    expect(inShort(await stage.send(aCharge(large!)))).toEqual(['accepted']);
    expect((await storedEvents(stage.events, large!)).length).toBe(3 + 90 + 3_000 + 21);
  });

  it('when it closes, then what was submitted is answered, what is worth it saved', async () => {
    stage.restart({ snapshotEvery: Infinity, cacheBytesMax: 1e9 });
    const sizes = new Map(teams.slice(0, 6).map((teamId, n) => [teamId, 50 * (n + 1)]));
    const sending = [...sizes].map(([teamId, size]) =>
      stage.send(
        ...Array.from({ length: size }, () => topUp({ amount: 1 }, { id: nextId(), teamId })),
      ),
    );
    await stage.writer.close();
    const outcomes = (await Promise.all(sending)).flat();

    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(snapshots.saved.map(({ revision }) => revision).sort()).toEqual([202, 252, 302]);
    for (const [teamId, size] of sizes) {
      const stored = await snapshots.load(teamStream(teamId));
      expect(stored?.revision).toBe(size >= 200 ? size + 2 : undefined);
    }
  });
});
