import { MICROS_MAX, accept, idAtRevision, isMicros, recall, refuse } from '../kernel';
import type { AdjustBalance, TopUp } from './commands';
import type { TeamDecision } from './decide';
import type { TeamState } from './state';

export function decideTopUp(command: TopUp, state: TeamState): TeamDecision {
  const { amount, reference } = command.data;
  if (!isMicros(amount) || amount < 1) {
    return refuse({ code: 'invalid_amount', rule: 'more than 0 micros' });
  }
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const balanceAfter = state.balance + amount;
  if (!isMicros(balanceAfter)) return refuse(tooLarge);
  return accept({
    type: 'BalanceToppedUp',
    data: {
      topUpId: idAtRevision('top', state.teamId, state.revision + 1),
      amount,
      balanceAfter,
      ...(reference === undefined ? {} : { reference }),
    },
  });
}

/**
 * A forced adjustment may take the balance below zero (a top-up that bounced, say); then every
 * charge is refused until it is positive again.
 */
export function decideAdjustment(command: AdjustBalance, state: TeamState): TeamDecision {
  const { amount, reason, force } = command.data;
  if (!isMicros(amount) || amount === 0) {
    return refuse({ code: 'invalid_amount', rule: 'not 0 micros' });
  }
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const wouldOverdraw = amount < 0 && state.balance + amount < 0;
  if (wouldOverdraw && !force) {
    return refuse({ code: 'would_overdraw', required: -amount, available: state.balance });
  }
  if (!isMicros(state.balance + amount)) return refuse(tooLarge);
  return accept({
    type: 'BalanceAdjusted',
    data: {
      adjustmentId: idAtRevision('adj', state.teamId, state.revision + 1),
      amount,
      balanceAfter: state.balance + amount,
      reason,
      forced: wouldOverdraw,
    },
  });
}

const tooLarge = {
  code: 'invalid_amount',
  rule: `a balance of at most ${MICROS_MAX} micros`,
} as const;
