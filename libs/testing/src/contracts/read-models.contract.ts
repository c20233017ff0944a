import { RevisionGap } from '@tollgate/ports';
import { describeListing } from './read-models-listing.contract';
import { describePrefixes } from './read-models-prefixes.contract';
import { describeRelisting } from './read-models-relisting.contract';
import { TeamUnderTest, type ReadModels, type ReadModelsUnderTest } from './read-models-support';

/** The promises of the read-model ports, tested on whatever `create` gives. */
export function describeReadModels(name: string, create: () => Promise<ReadModelsUnderTest>): void {
  describe(`read models: ${name}`, () => {
    let underTest: ReadModelsUnderTest;

    beforeAll(async () => {
      underTest = await create();
    });

    afterAll(() => underTest.close());

    describe('applying', () => describeApplying(() => underTest.readModels));
    describe('listing', () => describeListing(() => underTest.readModels));
    describe('listing by prefix', () => describePrefixes(() => underTest.readModels));
    describe('listing anew', () => describeRelisting(() => underTest.readModels));
    describe('waiting', () => describeWaiting(() => underTest.readModels));
  });
}

function describeApplying(readModelsOf: () => ReadModels): void {
  let readModels: ReadModels;
  let team: TeamUnderTest;

  beforeEach(() => {
    readModels = readModelsOf();
    team = new TeamUnderTest();
  });

  it('given nothing applied, when read, then no row and revision -1', async () => {
    expect(await readModels.get(team.key('balance'))).toBeUndefined();
    expect(await readModels.revisionOf(team.stream)).toBe(-1);
  });

  it('given entries that follow, when applied, then rows and revision show', async () => {
    const row = { micros: Number.MAX_SAFE_INTEGER, name: 'Žofie 🐎', isOpen: true, limit: null };
    await readModels.apply([team.entry(0, 1, [team.put('balance', { micros: 1, old: 1 })])]);
    await readModels.apply([team.entry(2, 4, [team.put('balance', row)])]);

    expect(await readModels.get(team.key('balance'))).toEqual(row);
    expect(await readModels.revisionOf(team.stream)).toBe(4);
  });

  it('given rows, when merged, then only the named fields change', async () => {
    const writes = [
      team.put('a', { x: 1, y: 1 }),
      team.merge('a', { y: 2 }),
      team.merge('b', { z: 3 }),
    ];
    await readModels.apply([team.entry(0, 0, writes)]);
    await readModels.apply([team.entry(1, 1, [team.merge('a', { w: 4 })])]);

    expect(await readModels.get(team.key('a'))).toEqual({ x: 1, y: 2, w: 4 });
    expect(await readModels.get(team.key('b'))).toEqual({ z: 3 });
  });

  it('given an applied entry, when it comes again, then it is skipped', async () => {
    await readModels.apply([team.entry(0, 2, [team.put('balance', { micros: 2 })])]);
    await readModels.apply([team.entry(1, 1, [team.put('balance', { micros: 1 })])]);

    expect(await readModels.get(team.key('balance'))).toEqual({ micros: 2 });
    expect(await readModels.revisionOf(team.stream)).toBe(2);
  });

  it('given an entry that overlaps what shows, when applied, then it shows whole', async () => {
    await readModels.apply([team.entry(0, 2, [team.put('balance', { micros: 2 })])]);
    await readModels.apply([team.entry(1, 4, [team.put('balance', { micros: 4 })])]);

    expect(await readModels.get(team.key('balance'))).toEqual({ micros: 4 });
    expect(await readModels.revisionOf(team.stream)).toBe(4);
  });

  it('given a missing event, when the next is applied, then it fails, unshown', async () => {
    await readModels.apply([team.entry(0, 2, [team.put('balance', { micros: 2 })])]);
    const applying = readModels.apply([team.entry(4, 5, [team.put('balance', { micros: 5 })])]);

    await expect(applying).rejects.toBeInstanceOf(RevisionGap);
    await expect(applying).rejects.toMatchObject({ stream: team.stream, stored: 2, found: 4 });
    expect(await readModels.get(team.key('balance'))).toEqual({ micros: 2 });
    expect(await readModels.revisionOf(team.stream)).toBe(2);
  });

  it('given a first event above revision 0, when applied, then it fails', async () => {
    await expect(readModels.apply([team.entry(1, 1, [])])).rejects.toMatchObject({ stored: -1 });
  });

  it('given entries of several streams, when applied at once, then all show', async () => {
    const other = new TeamUnderTest();
    const entries = [team, other, team].map((each, index) =>
      each.entry(index === 2 ? 1 : 0, index === 2 ? 1 : 0, [each.put('n', { index })]),
    );
    await readModels.apply(entries);

    expect(await readModels.get(team.key('n'))).toEqual({ index: 2 });
    expect(await readModels.get(other.key('n'))).toEqual({ index: 1 });
    expect(await readModels.revisionOf(team.stream)).toBe(1);
  });

  it('given a position, when an entry there is applied, then the checkpoint is at it', async () => {
    const position = (await readModels.checkpoint()) + 10_000;
    await readModels.apply([{ ...team.entry(0, 0, []), position }]);
    await readModels.apply([{ ...new TeamUnderTest().entry(0, 0, []), position: position - 5 }]);

    expect(await readModels.checkpoint()).toBe(position);
  });
}

function describeWaiting(readModelsOf: () => ReadModels): void {
  let readModels: ReadModels;
  let team: TeamUnderTest;

  beforeEach(async () => {
    readModels = readModelsOf();
    team = new TeamUnderTest();
    await readModels.apply([team.entry(0, 3, [])]);
  });

  it('given the revision shows, when waited for, then true at once', async () => {
    expect(await readModels.waitFor(team.stream, 3, 0)).toBe(true);
  });

  it('given a later revision, when it is applied meanwhile, then true', async () => {
    const waiting = [4, 5].map((revision) => readModels.waitFor(team.stream, revision, 5_000));
    await readModels.apply([team.entry(4, 5, [])]);

    expect(await Promise.all(waiting)).toEqual([true, true]);
  });

  it('given a later revision, when it does not come in time, then false', async () => {
    const waiting = readModels.waitFor(team.stream, 5, 30);
    await readModels.apply([team.entry(4, 4, [])]);

    expect(await waiting).toBe(false);
  });
}
