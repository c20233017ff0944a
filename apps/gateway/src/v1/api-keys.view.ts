import type { ApiKeyIssued } from '@tollgate/domain';
import type { ApiKeyRow } from '@tollgate/projections';

export interface IssuedKeyView {
  readonly id: string;
  /** The secret, shown this once. */
  readonly key: string;
  readonly name: string;
  readonly environment: 'live' | 'test';
}

export interface ListedKeyView {
  readonly id: string;
  readonly name: string;
  readonly keyPrefix: string;
  readonly environment: 'live' | 'test';
  readonly permissions?: readonly string[];
  /** Unix ms, unlike the times of all other objects. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

export function issuedKeyView({ data }: ApiKeyIssued, secret: string): IssuedKeyView {
  return { id: data.keyId, key: secret, name: data.name, environment: data.environment };
}

export function listedKeyView(row: ApiKeyRow): ListedKeyView {
  return {
    id: row.id,
    name: row.name,
    keyPrefix: row.prefix,
    environment: row.environment,
    ...(row.permissions === null ? {} : { permissions: row.permissions }),
    createdAt: row.createdAt,
    lastUsedAt: null,
    revokedAt: row.revokedAt,
  };
}
