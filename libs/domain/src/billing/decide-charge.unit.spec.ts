import {
  aTeamWith,
  charge,
  chargeIdAt,
  given,
  mainAccountId,
  otherAccountId,
  subAccountId,
  teamAfter,
} from '@tollgate/testing';
import { MICROS_MAX } from '../kernel';
import type { AccountCharged, ChargeItem } from './events';
import { team } from './index';

const invalidAmount = {
  code: 'invalid_amount',
  rule: `an integer of 1 to ${MICROS_MAX} micros`,
} as const;

const message: ChargeItem = {
  type: 'message',
  id: 'msg_1',
  to: '+14155550100',
  channel: 'sms',
  messageType: 'text',
  environment: 'test',
  content: { text: 'Hello' },
};

function charged(revision: number, data: Partial<AccountCharged['data']>): AccountCharged {
  const all = { chargeId: chargeIdAt(revision), accountId: subAccountId, amount: 0, ...data };
  const after = { balanceAfter: 0, totalSpentAfter: 0, item: { type: 'custom' } as const };
  return { type: 'AccountCharged', data: { ...after, ...all } };
}

describe('charging an account', () => {
  it('takes from the balance and adds to what the account spent', () => {
    given(...aTeamWith(100).charged(10))
      .when(charge({ amount: 30, item: { type: 'custom', reference: 'call 7' } }))
      .then(
        charged(6, {
          amount: 30,
          balanceAfter: 60,
          totalSpentAfter: 40,
          item: { type: 'custom', reference: 'call 7' },
        }),
      );
  });

  it('charges the main account, which has no limit', () => {
    given(...aTeamWith(100))
      .when(charge({ accountId: mainAccountId, amount: 100 }))
      .then(charged(5, { accountId: mainAccountId, amount: 100, totalSpentAfter: 100 }));
  });

  it('counts every account’s spending by itself', () => {
    given(
      ...aTeamWith(100, { creditLimit: 30 }).created(otherAccountId).charged(60, otherAccountId),
    )
      .when(charge({ amount: 30 }))
      .then(charged(8, { amount: 30, balanceAfter: 10, totalSpentAfter: 30 }));
  });

  it('names the charge by its revision', () => {
    expect(chargeIdAt(5)).toMatch(/^chg_000000005.{7}$/);
  });

  it('refuses an account that the team does not have', () => {
    given(...aTeamWith(100))
      .when(charge({ accountId: 'sub_unknown', amount: 1 }))
      .thenRefused({ code: 'account_not_found', accountId: 'sub_unknown' });
  });

  it('refuses an account that is suspended or deactivated', () => {
    const refusal = { code: 'account_inactive', accountId: subAccountId } as const;
    given(...aTeamWith(100).suspended())
      .when(charge({ amount: 1 }))
      .thenRefused(refusal);
    given(...aTeamWith(100).deactivated())
      .when(charge({ amount: 1 }))
      .thenRefused(refusal);
  });

  it('charges an account that is active again', () => {
    given(...aTeamWith(100).suspended().reactivated())
      .when(charge({ amount: 100 }))
      .then(charged(7, { amount: 100, totalSpentAfter: 100 }));
  });

  it.each([0, -1, 0.5, NaN, Infinity, MICROS_MAX + 1])('refuses %p micros', (amount) => {
    given(...aTeamWith(100))
      .when(charge({ amount }))
      .thenRefused(invalidAmount);
  });
});

describe('a message', () => {
  it('may be free', () => {
    given(...aTeamWith(100))
      .when(charge({ amount: 0, item: message }))
      .then(charged(5, { balanceAfter: 100, item: message }));
  });

  it('may be free where nothing is left, on the limit and in the balance', () => {
    given(...aTeamWith(10, { creditLimit: 10 }).charged(10))
      .when(charge({ amount: 0, item: message }))
      .then(charged(6, { totalSpentAfter: 10, item: message }));
  });

  it('may not have a price below zero', () => {
    given(...aTeamWith(100))
      .when(charge({ amount: -1, item: message }))
      .thenRefused(invalidAmount);
  });
});

describe('the credit limit', () => {
  it('is reached exactly', () => {
    given(...aTeamWith(100, { creditLimit: 50 }).charged(20))
      .when(charge({ amount: 30 }))
      .then(charged(6, { amount: 30, balanceAfter: 50, totalSpentAfter: 50 }));
  });

  it('is not passed by one micro', () => {
    given(...aTeamWith(100, { creditLimit: 50 }).charged(20))
      .when(charge({ amount: 31 }))
      .thenRefused({
        code: 'credit_limit_reached',
        creditLimit: 50,
        totalSpent: 20,
        required: 31,
      });
  });

  it('is named before the balance when both would refuse', () => {
    given(...aTeamWith(10, { creditLimit: 5 }))
      .when(charge({ amount: 11 }))
      .thenRefused({ code: 'credit_limit_reached', creditLimit: 5, totalSpent: 0, required: 11 });
  });

  it('blocks at once when it is lowered below what is spent', () => {
    given(...aTeamWith(100).charged(50).limited(20))
      .when(charge({ amount: 1 }))
      .thenRefused({ code: 'credit_limit_reached', creditLimit: 20, totalSpent: 50, required: 1 });
  });

  it('opens again when it is raised or removed', () => {
    const after = { amount: 1, balanceAfter: 49, totalSpentAfter: 51 };
    given(...aTeamWith(100, { creditLimit: 50 }).charged(50).limited(51))
      .when(charge({ amount: 1 }))
      .then(charged(7, after));
    given(...aTeamWith(100, { creditLimit: 50 }).charged(50).limited(null))
      .when(charge({ amount: 1 }))
      .then(charged(7, after));
  });

  it('counts what is held as if it were spent', () => {
    const state = teamAfter(aTeamWith(100, { creditLimit: 50 }).charged(20));
    state.accounts.get(subAccountId)!.held = 10;
    expect(team.decide(charge({ amount: 20 }), state).kind).toBe('accepted');
    expect(team.decide(charge({ amount: 21 }), state).kind).toBe('refused');
    const uncapped = teamAfter(aTeamWith(100).charged(20));
    uncapped.accounts.get(subAccountId)!.held = MICROS_MAX - 21;
    expect(team.decide(charge({ amount: 1 }), uncapped).kind).toBe('accepted');
    expect(team.decide(charge({ amount: 2 }), uncapped).kind).toBe('refused');
  });

  it('counts what was refunded as not spent', () => {
    given(...aTeamWith(100, { creditLimit: 50 }).charged(50).refunded(20, 5))
      .when(charge({ amount: 20 }))
      .then(charged(7, { amount: 20, balanceAfter: 50, totalSpentAfter: 50 }));
  });
});

describe('the balance', () => {
  it('is spent to the last micro', () => {
    given(...aTeamWith(100).charged(60))
      .when(charge({ amount: 40 }))
      .then(charged(6, { amount: 40, balanceAfter: 0, totalSpentAfter: 100 }));
  });

  it('is not passed by one micro', () => {
    given(...aTeamWith(100).charged(60))
      .when(charge({ amount: 41 }))
      .thenRefused({ code: 'insufficient_balance', required: 41, available: 40 });
  });

  it('is one for all accounts', () => {
    given(...aTeamWith(100).created(otherAccountId).charged(70, otherAccountId))
      .when(charge({ amount: 31 }))
      .thenRefused({ code: 'insufficient_balance', required: 31, available: 30 });
  });

  it('refuses everything while it is below zero, free messages too', () => {
    const team = aTeamWith(100).adjusted(-101);
    given(...team)
      .when(charge({ amount: 1 }))
      .thenRefused({ code: 'insufficient_balance', required: 1, available: -1 });
    given(...team)
      .when(charge({ amount: 0, item: message }))
      .thenRefused({ code: 'insufficient_balance', required: 0, available: -1 });
    given(...team.toppedUp(2))
      .when(charge({ amount: 1 }))
      .then(charged(7, { amount: 1, balanceAfter: 0, totalSpentAfter: 1 }));
  });
});
