import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import type { Charge, CommandMetadata } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  openTeam,
  refund,
  revokeApiKey,
  subKeyId,
  teamId,
  topUp,
  updateSubAccount,
} from '@tollgate/testing';
import type { Writer } from './writer';
import {
  Stage,
  accepted,
  countOf,
  expectSound,
  inShort,
  nextId,
  storedEvents,
} from '../spec/stage';

const aCharge = (amount: number, as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount }, { id: nextId(), ...as });

const turn = (): Promise<void> => new Promise(setImmediate);

describe('given two writers of one team', () => {
  let stage: Stage<FaultyEventLog>;
  let one: Writer;
  let two: Writer;

  beforeEach(async () => {
    stage = new Stage(new FaultyEventLog(new InMemoryEventLog()), new InMemorySnapshots());
    one = stage.newWriter();
    two = stage.newWriter();
    await one.submit(teamId, [
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({}, { id: nextId() }),
    ]);
  });

  afterEach(() => expectSound(stage.events, teamId));

  it('when both charge up to a limit, then they stop at it together', async () => {
    await one.submit(teamId, [
      updateSubAccount({ creditLimit: 1_370 }, { id: nextId() }),
      topUp({ amount: 10_000 }, { id: nextId() }),
    ]);
    stage.events.onAppend(turn);
    const final: Outcome[] = [];
    /** A caller that is told that nothing was done tries the same again. */
    const caller = async (writer: Writer, count: number): Promise<void> => {
      const charges = Array.from({ length: count }, () => aCharge(10));
      for (let left = charges; left.length > 0;) {
        const outcomes = await writer.submit(teamId, left);
        final.push(...outcomes.filter(({ status }) => status !== 'unavailable'));
        left = left.filter((_, n) => outcomes[n]!.status === 'unavailable');
        await turn();
      }
    };
    const sizes = Array.from({ length: 40 }, (_, n) => 1 + (n % 9));
    await Promise.all(sizes.map((size, n) => caller(n % 2 === 0 ? one : two, size)));

    const counts = countOf(inShort(final));
    expect([...counts.keys()].sort()).toEqual(['accepted', 'credit_limit_reached']);
    expect(counts.get('accepted')).toBe(137);
    const charges = (await storedEvents(stage.events, teamId)).filter(
      ({ event }) => event.type === 'AccountCharged',
    );
    expect(charges.map(({ metadata }) => metadata.commandId).sort()).toEqual(
      final.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.commandId] : [])).sort(),
    );
  });

  it('when both get the same command at once, then both give the one answer', async () => {
    await two.submit(teamId, [topUp({ amount: 1 }, { id: nextId() })]);
    await one.submit(teamId, [topUp({ amount: 1 }, { id: nextId() })]);
    await two.submit(teamId, [topUp({ amount: 1 }, { id: nextId() })]);
    stage.events.onAppend(turn);
    const command = aCharge(10);
    const outcomes = await Promise.all([one, two].map((it) => it.submit(teamId, [command])));

    expect(inShort(outcomes.flat()).sort()).toEqual(['accepted', 'repeated']);
    const [left, right] = outcomes.map(([outcome]) => accepted(outcome));
    expect({ ...left, isRepeat: 0, streamRevision: 0 }).toEqual({
      ...right,
      isRepeat: 0,
      streamRevision: 0,
    });
  });

  describe('and the second has not seen what the first accepted', () => {
    beforeEach(async () => {
      await two.submit(teamId, [topUp({ amount: 1 }, { id: nextId() })]);
    });

    it('when it would refuse for want of money, then it looks for a top-up first', async () => {
      await one.submit(teamId, [topUp({ amount: 900 }, { id: nextId() })]);

      expect(inShort(await two.submit(teamId, [aCharge(1_001)]))).toEqual(['accepted']);
      expect(inShort(await two.submit(teamId, [aCharge(1)]))).toEqual(['insufficient_balance']);
    });

    it('when a command comes again that it would refuse, then it knows the answer', async () => {
      const dear = aCharge(500);
      const [, first] = await one.submit(teamId, [topUp({ amount: 900 }, { id: nextId() }), dear]);
      const [again] = await two.submit(teamId, [dear]);

      expect(inShort([first!, again!])).toEqual(['accepted', 'repeated']);
      expect(accepted(again).events).toEqual(accepted(first).events);
    });

    it('when a key was revoked, then it takes no more commands of that key', async () => {
      await one.submit(teamId, [revokeApiKey({}, { id: nextId() })]);

      const outcomes = await two.submit(teamId, [aCharge(1, { keyId: subKeyId })]);
      expect(inShort(outcomes)).toEqual(['key_revoked']);
    });

    it('when an account was suspended, then nothing is charged to it', async () => {
      await one.submit(teamId, [updateSubAccount({ status: 'inactive' }, { id: nextId() })]);

      expect(inShort(await two.submit(teamId, [aCharge(1)]))).toEqual(['account_inactive']);
    });

    it('when there seems nothing to change, then it looks whether there is', async () => {
      await one.submit(teamId, [updateSubAccount({ status: 'inactive' }, { id: nextId() })]);
      const activate = updateSubAccount({ status: 'active' }, { id: nextId() });

      expect(accepted((await two.submit(teamId, [activate]))[0]).events).toHaveLength(1);
    });

    it('when a charge is refunded that it has not seen, then it finds it', async () => {
      const [charged] = await one.submit(teamId, [aCharge(90)]);
      const [event] = accepted(charged).events;
      const { chargeId } = (event as { data: { chargeId: string } }).data;

      const outcomes = await two.submit(teamId, [refund({ chargeId }, { id: nextId() })]);
      expect(inShort(outcomes)).toEqual(['accepted']);
    });
  });

  it('when another is faster every time, then nothing was done and that is said', async () => {
    const writer = stage.newWriter({ attemptsMax: 3 });
    const slow = aCharge(5);
    stage.events.onAppend(async (_, __, [event]) => {
      if (!event!.id.startsWith(slow.id)) return;
      await two.submit(teamId, [topUp({ amount: 1 }, { id: nextId() })]);
    });

    expect(inShort(await writer.submit(teamId, [slow]))).toEqual(['unavailable']);
    const stored = await storedEvents(stage.events, teamId);
    expect(stored.some(({ metadata }) => metadata.commandId === slow.id)).toBe(false);
    stage.events.onAppend(() => undefined);
    expect(inShort(await writer.submit(teamId, [slow]))).toEqual(['accepted']);
  });
});
