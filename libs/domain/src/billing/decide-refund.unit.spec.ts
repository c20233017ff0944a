import {
  aTeamWith,
  chargeIdAt,
  given,
  mainAccountId,
  otherAccountId,
  refund,
  refundIdAt,
  subAccountId,
  type TeamHistory,
} from '@tollgate/testing';
import { MICROS_MAX } from '../kernel';
import type { RecordedCharge, Refund } from './commands';
import type { ChargeRefunded } from './events';

/** The charge that each of these teams begins with stands at revision 5. */
const revision = 5;
const chargeId = chargeIdAt(revision);
const charge: RecordedCharge = { revision, accountId: subAccountId, amount: 60 };
const aChargedTeam = (): TeamHistory => aTeamWith(100).charged(60);

const giveBack = (data: Partial<Refund['data']> = {}): Refund =>
  refund({ chargeId, charge, ...data });

function refunded(at: number, data: Partial<ChargeRefunded['data']>): ChargeRefunded {
  const ids = { refundId: refundIdAt(at), chargeId, accountId: subAccountId };
  const after = { amount: 0, refundedAfter: 0, balanceAfter: 0, totalSpentAfter: 0 };
  return { type: 'ChargeRefunded', data: { ...ids, ...after, ...data } };
}

const whole = { amount: 60, refundedAfter: 60, balanceAfter: 100, totalSpentAfter: 0 };

describe('refunding a charge', () => {
  it('gives all of it back when no amount is named', () => {
    given(...aChargedTeam())
      .when(giveBack({ reason: 'not delivered' }))
      .then(refunded(6, { ...whole, reason: 'not delivered' }));
  });

  it('gives a part of it back', () => {
    given(...aChargedTeam())
      .when(giveBack({ amount: 25 }))
      .then(refunded(6, { amount: 25, refundedAfter: 25, balanceAfter: 65, totalSpentAfter: 35 }));
  });

  it('gives back what earlier refunds have left', () => {
    const twice = { amount: 35, refundedAfter: 60, balanceAfter: 100, totalSpentAfter: 0 };
    given(...aChargedTeam().refunded(25, revision))
      .when(giveBack())
      .then(refunded(7, twice));
    given(...aChargedTeam().refunded(25, revision))
      .when(giveBack({ amount: 35 }))
      .then(refunded(7, twice));
  });

  it('never gives back more than the charge, in one step or in several', () => {
    given(...aChargedTeam())
      .when(giveBack({ amount: 61 }))
      .thenRefused({ code: 'exceeds_charge', refundable: 60, required: 61 });
    given(...aChargedTeam().refunded(25, revision))
      .when(giveBack({ amount: 36 }))
      .thenRefused({ code: 'exceeds_charge', refundable: 35, required: 36 });
    given(...aChargedTeam().refunded(60, revision))
      .when(giveBack({ amount: 1 }))
      .thenRefused({ code: 'exceeds_charge', refundable: 0, required: 1 });
    given(...aChargedTeam().refunded(60, revision))
      .when(giveBack())
      .thenRefused({ code: 'exceeds_charge', refundable: 0, required: 0 });
  });

  it('keeps the refunds of several charges apart', () => {
    given(...aChargedTeam().charged(40).refunded(40, 6))
      .when(giveBack())
      .then(refunded(8, whole));
  });

  it('is refused for a free message, of which there is nothing to give back', () => {
    given(...aTeamWith(100).charged(0))
      .when(giveBack({ charge: { ...charge, amount: 0 } }))
      .thenRefused({ code: 'exceeds_charge', refundable: 0, required: 0 });
  });

  it.each([0, -1, 0.5, NaN, MICROS_MAX + 1])('refuses %p micros', (amount) => {
    given(...aChargedTeam())
      .when(giveBack({ amount }))
      .thenRefused({ code: 'invalid_amount', rule: `an integer of 1 to ${MICROS_MAX} micros` });
  });
});

describe('whose charge it is', () => {
  it('refuses a charge that the log does not have', () => {
    given(...aChargedTeam())
      .when(refund({ chargeId: 'chg_unknown' }))
      .thenRefused({ code: 'charge_not_found', chargeId: 'chg_unknown' });
  });

  it('does not find a charge of another account, whoever asks', () => {
    const team = aChargedTeam().created(otherAccountId);
    for (const accountId of [otherAccountId, mainAccountId]) {
      given(...team)
        .when(giveBack({ accountId }))
        .thenRefused({ code: 'charge_not_found', chargeId });
    }
  });

  it('refuses an account that the team does not have', () => {
    given(...aChargedTeam())
      .when(giveBack({ accountId: 'sub_unknown' }))
      .thenRefused({ code: 'account_not_found', accountId: 'sub_unknown' });
  });

  it('refunds the main account', () => {
    given(...aTeamWith(100).charged(60, mainAccountId))
      .when(giveBack({ accountId: mainAccountId, charge: { ...charge, accountId: mainAccountId } }))
      .then(refunded(6, { ...whole, accountId: mainAccountId }));
  });

  it('refunds an account that was suspended or deactivated since', () => {
    given(...aChargedTeam().suspended())
      .when(giveBack())
      .then(refunded(7, whole));
    given(...aChargedTeam().deactivated())
      .when(giveBack())
      .then(refunded(8, whole));
  });

  it('refunds past a lowered limit and while the balance is below zero', () => {
    given(...aChargedTeam().limited(1).adjusted(-50))
      .when(giveBack())
      .then(refunded(8, { ...whole, balanceAfter: 50 }));
  });
});
