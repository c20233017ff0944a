import { teamStream } from '@tollgate/contracts';
import type { Environment, JsonObject } from '@tollgate/domain';
import type { Row } from '@tollgate/ports';

/* Rows of the read models, their keys and their indexes. Amounts are micros, times Unix ms. */

export interface TeamRow extends Row {
  readonly id: string;
  readonly name: string;
  readonly currency: 'usd';
  readonly mainAccountId: string;
  readonly balance: number;
  readonly held: number;
  readonly createdAt: number;
}

export interface AccountRow extends Row {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly status: 'active' | 'suspended' | 'deactivated';
  readonly creditLimit: number | null;
  readonly totalSpent: number;
  readonly held: number;
  readonly externalId: string | null;
  readonly metadata: JsonObject | null;
  readonly createdAt: number;
}

export interface ApiKeyRow extends Row {
  readonly id: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly name: string;
  readonly prefix: string;
  readonly environment: Environment;
  readonly permissions: readonly string[] | null;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** Found by the hash of a secret: which key it is. Whether that is revoked, its own row says. */
export interface SecretRow extends Row {
  readonly keyId: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly environment: Environment;
}

export interface MessageRow extends Row {
  readonly id: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly chargeId: string;
  readonly to: string;
  readonly channel: string;
  readonly messageType: string;
  readonly environment: Environment;
  readonly content: JsonObject;
  readonly senderId: string | null;
  readonly cost: number;
  readonly status: 'queued' | 'sent' | 'delivered' | 'failed';
  readonly providerMessageId: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Raise it whenever rows, keys or indexes change: read models are then built anew. */
export const READ_MODELS_VERSION = 2;

/** All that belongs to a team is named after its stream, in braces: kept together in a cluster. */
const ofTeam =
  (kind: string) =>
  (teamId: string, id: string): string =>
    `{${teamStream(teamId)}}/${kind}/${id}`;

export const teamKey = (teamId: string): string => ofTeam('team')(teamId, teamId);
export const accountKey = ofTeam('account');
export const apiKeyKey = ofTeam('api-key');
export const messageKey = ofTeam('message');
/** Rows that those who let keys in may hold on to for a moment. */
export const isAccessRow = (key: string): boolean => key.includes('}/api-key/');
/** Whose key it is can't be told before it is read; written once, and never changed. */
export const secretKey = (secretHash: string): string => `secret/${secretHash}`;

export const teamsIndex = 'teams';
export const subAccountsIndex = (teamId: string): string => ofTeam('sub-accounts')(teamId, teamId);
export const apiKeysIndex = ofTeam('api-keys');
export const messagesIndex = ofTeam('messages');
