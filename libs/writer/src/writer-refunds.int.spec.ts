import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import {
  idAtRevision,
  teamIdOf,
  type Charge,
  type CommandMetadata,
  type Refund,
} from '@tollgate/domain';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  openTeam,
  otherAccountId,
  refund,
  teamId,
  topUp,
} from '@tollgate/testing';
import { Stage, accepted, expectSound, inShort, nextId, storedEvents } from '../spec/stage';

const aCharge = (amount: number, as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount }, { id: nextId(), ...as });

const aRefund = (chargeId: string, more: Partial<Refund['data']> = {}): Refund =>
  refund({ chargeId, ...more }, { id: nextId() });

const chargeIdAt = (revision: number, owner = teamId): string =>
  idAtRevision('chg', owner, revision);

describe('given a charge of 30 in a team with a balance of 100', () => {
  let stage: Stage<FaultyEventLog>;
  let chargeId: string;

  beforeEach(async () => {
    stage = new Stage(new FaultyEventLog(new InMemoryEventLog()), new InMemorySnapshots());
    const outcomes = await stage.send(
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({}, { id: nextId() }),
      createSubAccount({ accountId: otherAccountId }, { id: nextId() }),
      aCharge(30),
    );
    chargeId = (accepted(outcomes[3]).events[0] as { data: { chargeId: string } }).data.chargeId;
  });

  afterEach(() => expectSound(stage.events, teamId));

  it('when it is refunded, then the money is back', async () => {
    const [event] = accepted(await stage.sendOne(aRefund(chargeId))).events;

    expect(event).toMatchObject({
      type: 'ChargeRefunded',
      data: { chargeId, amount: 30, refundedAfter: 30, balanceAfter: 100, totalSpentAfter: 0 },
    });
  });

  it('when refunds together exceed it, then those are refused that do', async () => {
    const parts = [10, 15, 10, 5, 1].map((amount) => aRefund(chargeId, { amount }));
    const outcomes = await Promise.all(parts.map((part) => stage.send(part)));

    expect(inShort(outcomes.flat())).toEqual([
      'accepted',
      'accepted',
      'exceeds_charge',
      'accepted',
      'exceeds_charge',
    ]);
  });

  it.each([
    ['without a snapshot', { snapshotEvery: Infinity }],
    ['from a snapshot', { snapshotEvery: 1 }],
  ])('when it is old and the writer restarted %s, then it is found', async (_, options) => {
    stage.restart(options);
    await stage.send(
      ...Array.from({ length: 2_500 }, () => topUp({ amount: 1 }, { id: nextId() })),
    );
    await stage.sendOne(aRefund(chargeId, { amount: 12 }));
    await stage.writer.close();
    stage.restart();

    const outcomes = await stage.send(aRefund(chargeId, { amount: 19 }), aRefund(chargeId));
    expect(inShort(outcomes)).toEqual(['exceeds_charge', 'accepted']);
    expect(accepted(outcomes[1]).events).toMatchObject([{ data: { amount: 18 } }]);
  });

  it('when many charges are refunded together, in any order, then each by its own', async () => {
    const amounts = Array.from({ length: 60 }, (_, n) => 1 + (n % 2));
    await stage.send(topUp({ amount: 1_000 }, { id: nextId() }));
    const charged = await stage.send(...amounts.map((amount) => aCharge(amount)));
    const ids = charged.map(
      (outcome) => (accepted(outcome).events[0] as { data: { chargeId: string } }).data.chargeId,
    );
    const order = ids.map((_, n) => (n * 37) % 60);
    const outcomes = await stage.send(...order.map((n) => aRefund(ids[n]!)));

    expect(outcomes.map((outcome) => accepted(outcome).events[0]!.data)).toMatchObject(
      order.map((n) => ({ chargeId: ids[n]!, amount: amounts[n]! })),
    );
  });

  it('when the same refund comes twice, then it is done once', async () => {
    const once = aRefund(chargeId, { amount: 10 });

    expect(inShort(await stage.send(once, once))).toEqual(['accepted', 'repeated']);
    expect(inShort(await stage.send(once))).toEqual(['repeated']);
  });

  it('when it comes with its charge in one batch, then it finds it there', async () => {
    const outcomes = await stage.send(aCharge(5), aRefund(chargeIdAt(8)), aRefund(chargeIdAt(9)));

    expect(inShort(outcomes)).toEqual(['accepted', 'accepted', 'charge_not_found']);
    expect(accepted(outcomes[1]).events).toMatchObject([{ data: { amount: 5 } }]);
  });

  describe('and one that names', () => {
    it.each([
      ['a revision that is no charge', chargeIdAt(1)],
      ['a revision that is yet to come', chargeIdAt(8)],
      ['a revision far beyond the stream', chargeIdAt(1e12)],
      ['a charge of another team', chargeIdAt(7, teamIdOf('01STAGE00000000000000THEM'))],
      ['no id of a charge', 'chg_'],
      ['a refund', idAtRevision('ref', teamId, 7)],
    ])('%s, when it is decided, then there is no such charge', async (_, id) => {
      const before = await storedEvents(stage.events, teamId);

      expect(inShort(await stage.send(aRefund(id)))).toEqual(['charge_not_found']);
      expect(await storedEvents(stage.events, teamId)).toEqual(before);
    });

    it('a charge of another account, when it is decided, then there is none', async () => {
      const foreign = aRefund(chargeId, { accountId: otherAccountId });

      expect(inShort(await stage.send(foreign))).toEqual(['charge_not_found']);
    });

    it.each([chargeIdAt(1), chargeIdAt(900), 'chg_'])(
      'a charge that only the command itself tells of (%s), then there is none',
      async (id) => {
        const told = { accountId: aRefund(id).data.accountId, amount: 1_000_000, revision: 7 };

        expect(inShort(await stage.send(aRefund(id, { charge: told })))).toEqual([
          'charge_not_found',
        ]);
      },
    );

    it('a charge, and tells another amount of it, then the log is what counts', async () => {
      const told = { accountId: aRefund('').data.accountId, amount: 1_000_000, revision: 7 };
      const outcome = await stage.sendOne(aRefund(chargeId, { charge: told }));

      expect(accepted(outcome).events).toMatchObject([{ data: { amount: 30 } }]);
    });
  });

  it('when the log can not be read for it, then it is unavailable, nothing done', async () => {
    const before = await storedEvents(stage.events, teamId);
    stage.events.failReads(1);

    expect(inShort(await stage.send(aRefund(chargeId)))).toEqual(['unavailable']);
    expect(await storedEvents(stage.events, teamId)).toEqual(before);
    expect(inShort(await stage.send(aRefund(chargeId)))).toEqual(['accepted']);
  });
});
