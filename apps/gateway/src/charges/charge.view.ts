import {
  centsDown,
  centsExact,
  centsUp,
  type AccountCharged,
  type ChargeRefunded,
} from '@tollgate/domain';

export interface ChargeView {
  readonly id: string;
  readonly accountId: string;
  /** Cents, with up to four decimals. */
  readonly amount: number;
  readonly amountMicros: number;
  /** The team's balance after the charge: cents, rounded down. */
  readonly balance: number;
  readonly balanceMicros: number;
  /** The account's total spent after the charge: cents, rounded up. */
  readonly totalSpent: number;
  readonly totalSpentMicros: number;
  readonly reference: string | null;
  readonly createdAt: string;
}

export interface RefundView {
  readonly id: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly amountMicros: number;
  readonly balance: number;
  readonly balanceMicros: number;
  readonly totalSpent: number;
  readonly totalSpentMicros: number;
  readonly createdAt: string;
}

export function chargeView({ data }: AccountCharged, at: number): ChargeView {
  const { item, balanceAfter, totalSpentAfter } = data;
  return {
    id: data.chargeId,
    accountId: data.accountId,
    amount: centsExact(data.amount),
    amountMicros: data.amount,
    balance: centsDown(balanceAfter),
    balanceMicros: balanceAfter,
    totalSpent: centsUp(totalSpentAfter),
    totalSpentMicros: totalSpentAfter,
    reference: item.type === 'custom' ? (item.reference ?? null) : item.id,
    createdAt: isoTime(at),
  };
}

export function refundView({ data }: ChargeRefunded, at: number): RefundView {
  return {
    id: data.refundId,
    chargeId: data.chargeId,
    amount: centsExact(data.amount),
    amountMicros: data.amount,
    balance: centsDown(data.balanceAfter),
    balanceMicros: data.balanceAfter,
    totalSpent: centsUp(data.totalSpentAfter),
    totalSpentMicros: data.totalSpentAfter,
    createdAt: isoTime(at),
  };
}

let lastAt = 0;
let lastIso = new Date(0).toISOString();

/** Charges of one batch share their time; writing it once spares a tenth of a batch's answer. */
function isoTime(at: number): string {
  if (at !== lastAt) {
    lastIso = new Date(at).toISOString();
    lastAt = at;
  }
  return lastIso;
}
