import type { AggregateKind, MessagingKind, TeamKind } from '@tollgate/domain';
import { TeamHistory, commandIdAt, specTime } from '@tollgate/testing';
import Ajv from 'ajv';
import { billingProtocol } from './billing/billing-protocol';
import { messagingProtocol } from './messaging/messaging-protocol';
import { decodeReply, encodeReply, type CommandReply } from './reply';

/** One of every kind: a rejection that is missing here does not compile. */
type OneOfEach<Rejection extends { readonly code: string }> = {
  readonly [Code in Rejection['code']]: Extract<Rejection, { code: Code }>;
};

const ofCommands = {
  too_many: { code: 'too_many', what: 'API keys', max: 1_000 },
  idempotency_conflict: { code: 'idempotency_conflict', commandId: commandIdAt(1) },
  idempotency_window_full: { code: 'idempotency_window_full' },
} as const;

const ofBilling: OneOfEach<TeamKind['rejection']> = {
  team_exists: { code: 'team_exists' },
  team_not_found: { code: 'team_not_found' },
  account_not_found: { code: 'account_not_found', accountId: 'sub_1' },
  api_key_not_found: { code: 'api_key_not_found', keyId: 'key_1' },
  charge_not_found: { code: 'charge_not_found', chargeId: '' },
  key_revoked: { code: 'key_revoked' },
  account_inactive: { code: 'account_inactive', accountId: 'sub_1' },
  invalid_amount: { code: 'invalid_amount', rule: 'more than 0 micros' },
  external_id_taken: { code: 'external_id_taken', externalId: 'crm-1' },
  ...ofCommands,
  credit_limit_reached: {
    code: 'credit_limit_reached',
    creditLimit: 2,
    totalSpent: 1,
    required: 2,
  },
  insufficient_balance: { code: 'insufficient_balance', required: 3, available: -1 },
  would_overdraw: { code: 'would_overdraw', required: 3, available: 2 },
  exceeds_charge: { code: 'exceeds_charge', refundable: 0, required: 1 },
};

const ofMessaging: OneOfEach<MessagingKind['rejection']> = {
  contact_not_found: { code: 'contact_not_found', contactId: 'con_1' },
  contact_channel_not_found: { code: 'contact_channel_not_found', channelId: 'chn_1' },
  identifier_taken: { code: 'identifier_taken', channel: 'sms' },
  last_channel: { code: 'last_channel' },
  merge_with_itself: { code: 'merge_with_itself' },
  contact_changed: { code: 'contact_changed', contactId: 'con_1' },
  channel_not_available: { code: 'channel_not_available', channel: 'voice' },
  sender_not_found: { code: 'sender_not_found', senderId: 'snd_1' },
  number_not_found: { code: 'number_not_found', numberId: 'pn_1' },
  number_owned: { code: 'number_owned', chargeId: 'chg_1' },
  number_released: { code: 'number_released', chargeId: 'chg_1' },
  number_not_owned: { code: 'number_not_owned', phoneNumber: '+14155550100' },
  number_assigned: { code: 'number_assigned', numberId: 'pn_1' },
  sender_has_number: { code: 'sender_has_number', senderId: 'snd_1' },
  voice_needs_number: { code: 'voice_needs_number' },
  default_sender: { code: 'default_sender' },
  no_webhook: { code: 'no_webhook' },
  signature_step: { code: 'signature_step', from: 'v1', to: 'v2' },
  number_taken: { code: 'number_taken', phoneNumber: '+14155550100' },
  ...ofCommands,
};

const accepted = {
  status: 'accepted',
  commandId: commandIdAt(1),
  at: specTime,
  streamRevision: 0,
  isRepeat: false,
  events: [],
} as const;

const outcomes: readonly (readonly [string, CommandReply<AggregateKind>])[] = [
  ['accepted again', { ...accepted, isRepeat: true }],
  ['unknown', { status: 'unknown', commandId: commandIdAt(1) }],
  ['unavailable', { status: 'unavailable' }],
  ['undecidable', { status: 'undecidable', reason: 'its log is damaged' }],
  ['invalid', { status: 'invalid', reason: 'the value is not JSON' }],
];

const numberRenewed: MessagingKind['event'] = {
  type: 'NumberRenewed',
  data: { numberId: 'pn_1', chargeId: 'chg_1', paidUntil: specTime },
};

const kinds = [
  {
    name: 'of billing',
    schema: billingProtocol.replySchema,
    events: new TeamHistory().opened().toppedUp(5).events,
    rejections: Object.values(ofBilling),
  },
  {
    name: 'of messaging',
    schema: messagingProtocol.replySchema,
    events: [numberRenewed],
    rejections: Object.values(ofMessaging),
  },
];

describe.each(kinds)('a reply $name', ({ schema, events, rejections }) => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

  /** What is wrong with a reply as it goes out. */
  function problemsOf(reply: object): readonly string[] {
    validate(JSON.parse(encodeReply(reply as CommandReply)));
    return (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if')
      .map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  const replies: readonly (readonly [string, CommandReply<AggregateKind>])[] = [
    ['accepted', { ...accepted, events }],
    ...outcomes,
    ...rejections.map((rejection) => {
      const reply = { status: 'refused', streamRevision: -1, rejection } as const;
      return [`refused for ${rejection.code}`, reply] as const;
    }),
  ];

  it.each(replies)('is as its schema says, and read as it was: %s', (_, reply) => {
    expect(problemsOf(reply)).toEqual([]);
    expect(decodeReply(encodeReply(reply))).toEqual(reply);
  });

  it.each(replies)('has nothing that its schema calls optional: %s', (_, reply) => {
    for (const field of Object.keys(reply)) {
      expect(problemsOf({ ...reply, [field]: undefined })).not.toEqual([]);
    }
  });

  it('says all of its refusal', () => {
    for (const rejection of rejections) {
      for (const field of Object.keys(rejection)) {
        const broken = { ...rejection, [field]: undefined };
        const reply = { status: 'refused', streamRevision: 0, rejection: broken };
        expect(problemsOf(reply)).not.toEqual([]);
      }
    }
  });

  it('tells only of what its own commands lead to', () => {
    const foreign = [{ type: 'SomethingElse', data: {} }];
    expect(problemsOf({ ...accepted, events: foreign })).toHaveLength(1);
    const rejection = { code: 'something_else' };
    expect(problemsOf({ status: 'refused', streamRevision: 0, rejection })).toHaveLength(1);
  });

  it('may say more in later releases', () => {
    expect(problemsOf({ status: 'unavailable', since: 1 })).toEqual([]);
  });
});

describe('a reply of another version', () => {
  it('is not guessed at', () => {
    expect(() => decodeReply('{"version":2,"status":"unavailable"}')).toThrow(RangeError);
    expect(() => decodeReply('{')).toThrow(SyntaxError);
  });
});
