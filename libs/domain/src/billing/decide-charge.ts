import { MICROS_MAX, accept, idAtRevision, isMicros, recall, refuse, type Micros } from '../kernel';
import type { Charge, RecordedCharge, Refund } from './commands';
import type { TeamDecision } from './decide';
import type { TeamRejection } from './rejections';
import type { Account, TeamState } from './state';

export function decideCharge(command: Charge, state: TeamState): TeamDecision {
  const { accountId, amount, item } = command.data;
  const account = state.accounts.get(accountId);
  if (account === undefined) return refuse({ code: 'account_not_found', accountId });
  if (account.status !== 'active') return refuse({ code: 'account_inactive', accountId });
  if (!isChargeable(amount, item.type !== 'custom')) return refuse(invalidAmount);
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const refusal = refusalOf(amount, account, state.balance);
  if (refusal !== undefined) return refuse(refusal);
  return accept({
    type: 'AccountCharged',
    data: {
      chargeId: idAtRevision('chg', state.teamId, state.revision + 1),
      accountId,
      amount,
      balanceAfter: state.balance - amount,
      totalSpentAfter: account.spent + amount,
      item,
    },
  });
}

export function decideRefund(command: Refund, state: TeamState): TeamDecision {
  const { accountId, chargeId, charge, amount } = command.data;
  const account = state.accounts.get(accountId);
  if (account === undefined) return refuse({ code: 'account_not_found', accountId });
  if (amount !== undefined && !isChargeable(amount, false)) return refuse(invalidAmount);
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (charge === undefined || charge.accountId !== accountId) {
    return refuse({ code: 'charge_not_found', chargeId });
  }
  return refundOf(charge, command, { state, account });
}

function refundOf(
  charge: RecordedCharge,
  { data }: Refund,
  { state, account }: { readonly state: TeamState; readonly account: Account },
): TeamDecision {
  const refunded = state.refunded.get(charge.revision) ?? 0;
  const refundable = charge.amount - refunded;
  const required = data.amount ?? refundable;
  if (required > refundable || refundable === 0) {
    return refuse({ code: 'exceeds_charge', refundable, required });
  }
  if (!isMicros(state.balance + required)) return refuse(invalidAmount);
  return accept({
    type: 'ChargeRefunded',
    data: {
      refundId: idAtRevision('ref', state.teamId, state.revision + 1),
      chargeId: data.chargeId,
      accountId: data.accountId,
      amount: required,
      refundedAfter: refunded + required,
      balanceAfter: state.balance + required,
      totalSpentAfter: account.spent - required,
      ...(data.reason === undefined ? {} : { reason: data.reason }),
    },
  });
}

const invalidAmount: TeamRejection = {
  code: 'invalid_amount',
  rule: `an integer of 1 to ${MICROS_MAX} micros`,
};

/** Messages may be free, those of test keys for one, and so may numbers. */
function isChargeable(amount: Micros, mayBeFree: boolean): boolean {
  return isMicros(amount) && amount >= (mayBeFree ? 0 : 1);
}

/** The level that refuses, with its numbers; a charge that lands exactly on a limit passes. */
function refusalOf(amount: Micros, account: Account, balance: Micros): TeamRejection | undefined {
  const { creditLimit, spent, held } = account;
  if (creditLimit !== null && spent + held + amount > creditLimit) {
    return { code: 'credit_limit_reached', creditLimit, totalSpent: spent, required: amount };
  }
  if (amount > balance) {
    return { code: 'insufficient_balance', required: amount, available: balance };
  }
  return isMicros(spent + held + amount) ? undefined : invalidAmount;
}
