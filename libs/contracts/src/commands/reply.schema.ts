import type { TeamEvent, TeamRejection } from '@tollgate/domain';
import { rejections } from './rejection.schemas';
import type { CommandReply } from './reply';
import { commandId, unixMs, variant } from './schema-parts';

type Status = CommandReply['status'];

/* Open to fields that come with later releases: whoever hears a reply ignores those. */

const revision = { type: 'integer', minimum: -1 } as const;

const eventTypes: Readonly<Record<TeamEvent['type'], true>> = {
  TeamOpened: true,
  BalanceToppedUp: true,
  BalanceAdjusted: true,
  SubAccountCreated: true,
  SubAccountUpdated: true,
  CreditLimitSet: true,
  SubAccountSuspended: true,
  SubAccountReactivated: true,
  SubAccountDeactivated: true,
  ApiKeyIssued: true,
  ApiKeyRevoked: true,
  AccountCharged: true,
  ChargeRefunded: true,
};

const event = fields({ type: { enum: Object.keys(eventTypes) }, data: { type: 'object' } });

const rejection = {
  type: 'object',
  required: ['code'],
  properties: { code: { enum: Object.keys(rejections) satisfies string[] } },
  allOf: (Object.keys(rejections) as TeamRejection['code'][]).map((code) =>
    variant('code', code, fields(rejections[code])),
  ),
};

const reason = { type: 'string', description: 'For people to read.' } as const;

const statuses: Readonly<Record<Status, { readonly description: string; readonly of: object }>> = {
  accepted: {
    description: 'It is in the log, for good.',
    of: {
      commandId: { ...commandId, description: 'Of the first try, when this is a repeat.' },
      at: { ...unixMs, description: 'When it was decided first.' },
      streamRevision: { ...revision, description: 'Read models at it or later show the change.' },
      isRepeat: { type: 'boolean', description: 'Answered as before; nothing was done again.' },
      events: { type: 'array', items: event, description: 'As stored; none, nothing changed.' },
    },
  },
  refused: {
    description: 'Nothing was changed. The same id may be sent again: that is a new attempt.',
    of: { streamRevision: revision, rejection },
  },
  unknown: {
    description: 'The event log did not say whether it took it: ask again with the same id.',
    of: { commandId },
  },
  unavailable: { description: 'The event log was away: nothing was done.', of: {} },
  undecidable: {
    description: 'No try would bring an answer: it is on the dead-letter topic.',
    of: { reason },
  },
  invalid: {
    description: 'The record held no command: it is on the dead-letter topic.',
    of: { reason },
  },
};

/** What the value of a record on a reply topic is. */
export const replySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Reply',
  description: 'What became of one command. Fields that you do not know are to be ignored.',
  type: 'object',
  required: ['version', 'status'],
  properties: { version: { const: 1 }, status: { enum: Object.keys(statuses) } },
  allOf: Object.entries(statuses).map(([status, { description, of }]) =>
    variant('status', status, { description, ...fields(of) }),
  ),
} as const;

/** Every one of them is always there. */
function fields(properties: object): object {
  return { type: 'object', required: Object.keys(properties), properties };
}
