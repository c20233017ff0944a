import { centsDown } from '@tollgate/domain';
import type { TeamRow } from '@tollgate/projections';

export interface TeamView {
  readonly id: string;
  readonly name: string;
  readonly currency: 'usd';
  /** Cents, rounded down. */
  readonly balance: number;
  /** The exact balance. */
  readonly balanceMicros: number;
  readonly createdAt: string;
  readonly mainAccount: { readonly id: string };
}

type Shown = Pick<TeamRow, 'id' | 'name' | 'currency' | 'balance' | 'createdAt' | 'mainAccountId'>;

export function teamView(team: Shown): TeamView {
  return {
    id: team.id,
    name: team.name,
    currency: team.currency,
    balance: centsDown(team.balance),
    balanceMicros: team.balance,
    createdAt: new Date(team.createdAt).toISOString(),
    mainAccount: { id: team.mainAccountId },
  };
}
