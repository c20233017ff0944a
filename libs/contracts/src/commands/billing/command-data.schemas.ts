import type { TeamCommand } from '@tollgate/domain';
import * as limits from '../../limits';
import * as part from '../schema-parts';
import { environment, item } from './charge-item.schemas';

const name = part.label(limits.NAME_MAX);
const reason = part.label(limits.REASON_MAX);

const apiKey = part.record(
  {
    keyId: part.ownId,
    name,
    secretHash: {
      type: 'string',
      pattern: '^[0-9a-f]{64}$',
      description: 'SHA-256 of the secret, in hex; the secret itself goes nowhere.',
    },
    prefix: { ...part.text(32), description: 'How the secret begins, for listings.' },
    environment,
    permissions: {
      type: 'array',
      maxItems: limits.PERMISSIONS_MAX,
      items: part.text(limits.PERMISSION_MAX),
    },
  },
  ['keyId', 'name', 'secretHash', 'prefix', 'environment'],
);

const account = {
  name,
  creditLimit: { ...part.creditLimit, description: 'No cap when 0, null or absent.' },
  externalId: part.label(limits.REFERENCE_MAX),
  metadata: { type: 'object' },
} as const;

/** The data of each type of command. */
export const data: Readonly<Record<TeamCommand['type'], object>> = {
  OpenTeam: part.record({ name, mainAccountId: part.ownId, openingBalance: part.micros, apiKey }, [
    'name',
    'mainAccountId',
    'apiKey',
  ]),
  TopUp: part.record({ amount: part.positiveMicros, reference: part.label(limits.REFERENCE_MAX) }, [
    'amount',
  ]),
  AdjustBalance: part.record({ amount: part.signedMicros, reason, force: { type: 'boolean' } }, [
    'amount',
    'reason',
    'force',
  ]),
  CreateSubAccount: part.record({ accountId: part.ownId, ...account, apiKey }, [
    'accountId',
    'name',
    'apiKey',
  ]),
  UpdateSubAccount: part.record(
    { accountId: part.wantedId, ...account, status: { enum: ['active', 'inactive'] } },
    ['accountId'],
  ),
  DeactivateSubAccount: part.record({ accountId: part.wantedId }, ['accountId']),
  IssueApiKey: part.record({ accountId: part.ownId, apiKey }, ['accountId', 'apiKey']),
  RevokeApiKey: part.record({ accountId: part.ownId, apiKeyId: part.wantedId }, [
    'accountId',
    'apiKeyId',
  ]),
  Charge: part.record(
    {
      accountId: part.ownId,
      amount: {
        ...part.micros,
        description: 'At least 1, unless it is for a message or a number.',
      },
      item,
    },
    ['accountId', 'amount', 'item'],
  ),
  Refund: part.record(
    {
      accountId: part.ownId,
      chargeId: part.wantedId,
      amount: { ...part.positiveMicros, description: 'All that is left of it when absent.' },
      reason,
    },
    ['accountId', 'chargeId'],
  ),
};
