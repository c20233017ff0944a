import type { TeamCommand } from '@tollgate/domain';
import * as part from './schema-parts';

const environment = { enum: ['live', 'test'] } as const;

const apiKey = part.record(
  {
    keyId: part.ownId,
    name: part.text(255),
    secretHash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    prefix: part.text(32),
    environment,
    permissions: { type: 'array', maxItems: 100, items: part.text(100) },
  },
  ['keyId', 'name', 'secretHash', 'prefix', 'environment'],
);

const messageItem = part.record(
  {
    type: { const: 'message' },
    id: part.ownId,
    to: part.text(320),
    channel: part.text(32),
    messageType: part.text(32),
    environment,
    content: { type: 'object' },
    senderId: part.text(255),
    segments: { type: 'integer', minimum: 1, maximum: 1_000 },
  },
  ['type', 'id', 'to', 'channel', 'messageType', 'environment', 'content'],
);

const customItem = part.record(
  { type: { const: 'custom' }, reference: part.text(255), description: part.text(500) },
  ['type'],
);

const accountProperties = {
  accountId: part.ownId,
  name: part.text(255),
  creditLimit: part.creditLimit,
  externalId: part.text(255),
  metadata: part.metadata,
};

/** The data of each type of command. */
export const data: Readonly<Record<TeamCommand['type'], object>> = {
  OpenTeam: part.record(
    { name: part.text(255), mainAccountId: part.ownId, openingBalance: part.micros, apiKey },
    ['name', 'mainAccountId', 'apiKey'],
  ),
  TopUp: part.record({ amount: part.positiveMicros, reference: part.text(255) }, ['amount']),
  AdjustBalance: part.record(
    { amount: part.signedMicros, reason: part.text(500), force: { type: 'boolean' } },
    ['amount', 'reason', 'force'],
  ),
  CreateSubAccount: part.record({ ...accountProperties, apiKey }, ['accountId', 'name', 'apiKey']),
  UpdateSubAccount: part.record(
    { ...accountProperties, status: { enum: ['active', 'inactive'] } },
    ['accountId'],
  ),
  DeactivateSubAccount: part.record({ accountId: part.ownId }, ['accountId']),
  IssueApiKey: part.record({ accountId: part.ownId, apiKey }, ['accountId', 'apiKey']),
  RevokeApiKey: part.record({ accountId: part.ownId, apiKeyId: part.ownId }, [
    'accountId',
    'apiKeyId',
  ]),
  Charge: part.record(
    {
      accountId: part.ownId,
      amount: part.positiveMicros,
      item: {
        type: 'object',
        required: ['type'],
        if: { properties: { type: { const: 'message' } } },
        then: messageItem,
        else: customItem,
      },
    },
    ['accountId', 'amount', 'item'],
  ),
  Refund: part.record(
    {
      accountId: part.ownId,
      chargeId: part.ownId,
      amount: part.positiveMicros,
      reason: part.text(500),
    },
    ['accountId', 'chargeId'],
  ),
};
