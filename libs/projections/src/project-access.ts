import type { ApiKeyIssued, ApiKeyRevoked } from '@tollgate/domain';
import type { Projectable } from './project';
import { apiKeyKey, apiKeysIndex, secretKey, type ApiKeyRow, type SecretRow } from './read-models';
import type { WriteSet } from './write-set';

export function projectAccess(
  { event, metadata, ownerId: teamId, sortKey }: Projectable<ApiKeyIssued | ApiKeyRevoked>,
  into: WriteSet,
): void {
  const { keyId, accountId } = event.data;
  const key = apiKeyKey(teamId, keyId);
  if (event.type === 'ApiKeyRevoked') return into.merge(key, { revokedAt: metadata.at });
  const { name, prefix, environment, permissions = null, secretHash } = event.data;
  const row: ApiKeyRow = {
    id: keyId,
    accountId,
    teamId,
    name,
    prefix,
    environment,
    permissions,
    createdAt: metadata.at,
    revokedAt: null,
  };
  const secret: SecretRow = { keyId, accountId, teamId, environment };
  into.put(key, row);
  into.list(apiKeysIndex(teamId, accountId), sortKey, key);
  into.put(secretKey(secretHash), secret);
}
