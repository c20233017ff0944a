import type { ChargeItem, TeamCommand } from '@tollgate/domain';
import * as limits from '../limits';
import * as part from './schema-parts';

const environment = { enum: ['live', 'test'] } as const;
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

const items: Readonly<Record<ChargeItem['type'], object>> = {
  message: part.record(
    {
      type: {},
      id: part.ownId,
      to: part.text(limits.RECIPIENT_MAX),
      channel: part.text(32),
      messageType: part.text(32),
      environment,
      content: { type: 'object', description: 'Text, subject and whatever else is sent.' },
      senderId: part.text(255),
      segments: { type: 'integer', minimum: 1, maximum: 1_000 },
    },
    ['id', 'to', 'channel', 'messageType', 'environment', 'content'],
  ),
  custom: part.record({
    type: {},
    reference: part.text(limits.REFERENCE_MAX),
    description: part.text(limits.DESCRIPTION_MAX),
  }),
};

const item = {
  type: 'object',
  required: ['type'],
  properties: { type: { enum: Object.keys(items) } },
  allOf: Object.entries(items).map(([type, schema]) => part.variant('type', type, schema)),
  description: 'What was bought. An item of type message is also the order to deliver it.',
};

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
      amount: { ...part.micros, description: 'At least 1, unless it is for a message.' },
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
