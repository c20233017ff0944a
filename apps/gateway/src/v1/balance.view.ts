import { centsDown, centsUp, isMainAccountId } from '@tollgate/domain';
import type { AccountRow, TeamRow } from '@tollgate/projections';

export interface BalanceView {
  /** The team's balance in cents, rounded down: all accounts spend it. */
  readonly balance: number;
  readonly currency: 'usd';
  /** Cents; of sub-accounts only. */
  readonly creditLimit: number | null;
  /** Cents, rounded up; of sub-accounts only. */
  readonly totalSpent: number | null;
  readonly isSubAccount: boolean;
}

export function balanceView(team: TeamRow, account: AccountRow): BalanceView {
  const isSubAccount = !isMainAccountId(account.id);
  const { creditLimit, totalSpent } = account;
  return {
    balance: centsDown(team.balance),
    currency: team.currency,
    creditLimit: isSubAccount && creditLimit !== null ? centsUp(creditLimit) : null,
    totalSpent: isSubAccount ? centsUp(totalSpent) : null,
    isSubAccount,
  };
}
