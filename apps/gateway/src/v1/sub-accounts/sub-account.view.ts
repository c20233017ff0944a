import { centsUp, type JsonObject } from '@tollgate/domain';
import type { AccountRow } from '@tollgate/projections';

export interface SubAccountView {
  readonly id: string;
  readonly name: string;
  readonly status: 'active' | 'inactive';
  /** Cents, rounded up. */
  readonly totalSpent: number;
  /** Cents; null when there is no cap. */
  readonly creditLimit: number | null;
  readonly externalId: string | null;
  readonly metadata: JsonObject | null;
  /** Only in the answer that creates the sub-account. */
  readonly apiKey?: string;
  readonly createdAt: string;
}

export function subAccountView(row: AccountRow): SubAccountView {
  return {
    id: row.id,
    name: row.name,
    status: row.status === 'active' ? 'active' : 'inactive',
    totalSpent: centsUp(row.totalSpent),
    creditLimit: row.creditLimit === null ? null : centsUp(row.creditLimit),
    externalId: row.externalId,
    metadata: row.metadata,
    createdAt: new Date(row.createdAt).toISOString(),
  };
}
