import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { teamIdOf, type Charge, type CommandMetadata, type OpenTeam } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  mainAccountId,
  newApiKey,
  openTeam,
  subAccountId,
  teamId,
  updateSubAccount,
} from '@tollgate/testing';
import { Stage, accepted, expectSound, inShort, nextId, storedAppends } from '../spec/stage';

const aCharge = (amount: number, as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount }, { id: nextId(), ...as });

function openTeamNamed(id: string): OpenTeam {
  const apiKey = newApiKey(`key_${id}`);
  const as = { id: nextId(), teamId: id };
  return openTeam({ mainAccountId: `acc_${id}`, openingBalance: 100, apiKey }, as);
}

/** Holds back what waits for it. */
class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

const turnsOfTheLoop = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

describe('given a team with a balance of 100', () => {
  let stage: Stage<FaultyEventLog>;

  beforeEach(async () => {
    stage = new Stage(new FaultyEventLog(new InMemoryEventLog()), new InMemorySnapshots());
    await stage.send(
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({ creditLimit: 60 }, { id: nextId() }),
    );
  });

  afterEach(() => expectSound(stage.events, teamId));

  it('when commands come together, then each is answered in its place', async () => {
    const outcomes = await stage.send(
      aCharge(50),
      aCharge(20),
      aCharge(0),
      aCharge(10),
      charge({ amount: 41, accountId: mainAccountId }, { id: nextId() }),
      charge({ amount: 40, accountId: mainAccountId }, { id: nextId() }),
    );

    expect(inShort(outcomes)).toEqual([
      'accepted',
      'credit_limit_reached',
      'invalid_amount',
      'accepted',
      'insufficient_balance',
      'accepted',
    ]);
    const revisions = outcomes.map(
      (outcome) => (outcome as { streamRevision: number }).streamRevision,
    );
    expect(revisions).toEqual([5, 5, 5, 6, 6, 7]);
  });

  it('when a command changes nothing, then it is accepted without an append', async () => {
    await stage.send(updateSubAccount({ creditLimit: 60 }, { id: nextId() }));
    const before = await storedAppends(stage.events, teamId);
    const outcome = await stage.sendOne(updateSubAccount({ creditLimit: 60 }, { id: nextId() }));

    expect(accepted(outcome)).toMatchObject({ events: [], isRepeat: false, streamRevision: 4 });
    expect(await storedAppends(stage.events, teamId)).toEqual(before);
  });

  it('when nothing is submitted, then nothing is answered', async () => {
    expect(await stage.writer.submit(teamId, [])).toEqual([]);
  });

  it('when an append is not yet durable, then nobody has an answer', async () => {
    const gate = new Gate();
    stage.events.onAppend(() => gate.opened);
    let answered: readonly Outcome[] | undefined;
    const sending = stage.send(aCharge(1), aCharge(70)).then((outcomes) => (answered = outcomes));
    await turnsOfTheLoop(20);

    expect(answered).toBeUndefined();
    gate.open();
    expect(inShort(await sending)).toEqual(['accepted', 'credit_limit_reached']);
  });

  it('when commands come while an append is under way, then they become one append', async () => {
    const gate = new Gate();
    let appends = 0;
    stage.events.onAppend(() => ((appends += 1) === 1 ? gate.opened : undefined));
    const sent = [stage.send(aCharge(1))];
    await turnsOfTheLoop(3);
    for (let turn = 0; turn < 5; turn += 1) {
      sent.push(stage.send(aCharge(2), aCharge(3)));
      await turnsOfTheLoop(1);
    }
    gate.open();
    await Promise.all(sent);

    const sizes = (await storedAppends(stage.events, teamId)).map((append) => append.length);
    expect(sizes.slice(1)).toEqual([1, 10]);
  });

  it('when callers submit in one turn of the event loop, then theirs is one append', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((amount) => stage.send(aCharge(amount))));

    const sizes = (await storedAppends(stage.events, teamId)).map((append) => append.length);
    expect(sizes.slice(1)).toEqual([5]);
  });

  it('when another team is slow to append, then this one does not wait for it', async () => {
    const gate = new Gate();
    const slow = teamIdOf(nextId());
    stage.events.onAppend((stream) => (stream.endsWith(slow) ? gate.opened : undefined));
    const slowly = stage.send(openTeamNamed(slow));
    await turnsOfTheLoop(2);

    expect(inShort(await stage.send(aCharge(1)))).toEqual(['accepted']);
    gate.open();
    expect(inShort(await slowly)).toEqual(['accepted']);
  });

  it('when many teams append, then their appends are under way at once', async () => {
    const teams = Array.from({ length: 50 }, () => teamIdOf(nextId()));
    let underWay = 0;
    let underWayMax = 0;
    stage.events.onAppend(async () => {
      underWayMax = Math.max(underWayMax, (underWay += 1));
      await turnsOfTheLoop(5);
      underWay -= 1;
    });
    const opened = await Promise.all(teams.map((id) => stage.sendOne(openTeamNamed(id))));

    expect(new Set(inShort(opened))).toEqual(new Set(['accepted']));
    expect(underWayMax).toBe(50);
  });

  it('when one team has many submissions, then one append is under way at a time', async () => {
    let underWay = 0;
    stage.events.onAppend(async () => {
      expect((underWay += 1)).toBe(1);
      await turnsOfTheLoop(2);
      underWay -= 1;
    });
    const sent: Promise<readonly Outcome[]>[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      sent.push(stage.send(aCharge(1)));
      await turnsOfTheLoop(turn % 3);
    }

    const outcomes = (await Promise.all(sent)).flat();
    expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
    const last = accepted(outcomes[29]).events[0];
    expect(last).toMatchObject({ data: { accountId: subAccountId, totalSpentAfter: 30 } });
  });

  it('when times are out of order, then none goes back in the stream', async () => {
    const { at } = accepted(await stage.sendOne(aCharge(1)));
    const later = accepted(await stage.sendOne(aCharge(1, { at: at + 5_000 })));
    const [early, next] = await stage.send(aCharge(1, { at: at - 60_000 }), aCharge(1, { at }));

    expect([later.at, accepted(early).at, accepted(next).at]).toEqual(Array(3).fill(at + 5_000));
  });
});
