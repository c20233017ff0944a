import { aTeam, aTeamWith, adjustBalance, given, teamId, topUp } from '@tollgate/testing';
import { MICROS_MAX, idAtRevision } from '../kernel';

const tooLarge = {
  code: 'invalid_amount',
  rule: `a balance of at most ${MICROS_MAX} micros`,
} as const;

describe('topping up', () => {
  /** Its id says at which revision of the team it stands. */
  const topUpId = idAtRevision('top', teamId, 5);

  it('adds to the balance', () => {
    given(...aTeamWith(100))
      .when(topUp({ amount: 20, reference: 'wire 17' }))
      .then({
        type: 'BalanceToppedUp',
        data: { topUpId, amount: 20, balanceAfter: 120, reference: 'wire 17' },
      });
  });

  it('leaves out a reference that was not given', () => {
    given(...aTeam())
      .when(topUp({ amount: 1 }))
      .then({
        type: 'BalanceToppedUp',
        data: { topUpId: idAtRevision('top', teamId, 2), amount: 1, balanceAfter: 1 },
      });
  });

  it.each([0, -1, 0.5, NaN, Infinity, MICROS_MAX + 1])('refuses %p micros', (amount) => {
    given(...aTeam())
      .when(topUp({ amount }))
      .thenRefused({ code: 'invalid_amount', rule: 'more than 0 micros' });
  });

  it('fills the balance to the largest amount, and not one micro further', () => {
    given(...aTeamWith(1))
      .when(topUp({ amount: MICROS_MAX - 1 }))
      .then({
        type: 'BalanceToppedUp',
        data: { topUpId, amount: MICROS_MAX - 1, balanceAfter: MICROS_MAX },
      });
    given(...aTeamWith(2))
      .when(topUp({ amount: MICROS_MAX - 1 }))
      .thenRefused(tooLarge);
  });
});

describe('adjusting the balance', () => {
  const adjusted = (amount: number, balanceAfter: number, forced = false, revision = 5) =>
    ({
      type: 'BalanceAdjusted',
      data: {
        adjustmentId: idAtRevision('adj', teamId, revision),
        amount,
        balanceAfter,
        reason: 'correction',
        forced,
      },
    }) as const;

  it('adds and takes away', () => {
    given(...aTeamWith(100))
      .when(adjustBalance({ amount: 20 }))
      .then(adjusted(20, 120));
    given(...aTeamWith(100))
      .when(adjustBalance({ amount: -20 }))
      .then(adjusted(-20, 80));
  });

  it('takes all there is, and not one micro more', () => {
    given(...aTeamWith(100))
      .when(adjustBalance({ amount: -100 }))
      .then(adjusted(-100, 0));
    given(...aTeamWith(100))
      .when(adjustBalance({ amount: -101 }))
      .thenRefused({ code: 'would_overdraw', required: 101, available: 100 });
  });

  it('overdraws when forced, and says in the event that force was needed', () => {
    given(...aTeamWith(100))
      .when(adjustBalance({ amount: -101, force: true }))
      .then(adjusted(-101, -1, true));
    given(...aTeamWith(100))
      .when(adjustBalance({ amount: -100, force: true }))
      .then(adjusted(-100, 0, false));
  });

  it('needs no force to add to a balance below zero', () => {
    given(...aTeam().adjusted(-10))
      .when(adjustBalance({ amount: 9 }))
      .then(adjusted(9, -1, false, 3));
    given(...aTeam().adjusted(-10))
      .when(adjustBalance({ amount: -1 }))
      .thenRefused({ code: 'would_overdraw', required: 1, available: -10 });
  });

  it.each([0, 0.5, NaN, -Infinity, MICROS_MAX + 1])('refuses %p micros', (amount) => {
    given(...aTeam())
      .when(adjustBalance({ amount, force: true }))
      .thenRefused({ code: 'invalid_amount', rule: 'not 0 micros' });
  });

  it('stays within the range of amounts at both ends, even when forced', () => {
    given(...aTeamWith(1))
      .when(adjustBalance({ amount: MICROS_MAX }))
      .thenRefused(tooLarge);
    given(...aTeam().adjusted(-1))
      .when(adjustBalance({ amount: -MICROS_MAX, force: true }))
      .thenRefused(tooLarge);
    given(...aTeam())
      .when(adjustBalance({ amount: -MICROS_MAX, force: true }))
      .then(adjusted(-MICROS_MAX, -MICROS_MAX, true, 2));
  });
});
