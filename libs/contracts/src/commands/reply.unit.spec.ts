import type { TeamRejection } from '@tollgate/domain';
import { TeamHistory, commandIdAt, specTime } from '@tollgate/testing';
import Ajv from 'ajv';
import { decodeReply, encodeReply, type CommandReply } from './reply';
import { replySchema } from './reply.schema';

type Code = TeamRejection['code'];

/** One of every kind: a rejection that is missing here does not compile. */
const rejections: { readonly [C in Code]: Extract<TeamRejection, { code: C }> } = {
  team_exists: { code: 'team_exists' },
  team_not_found: { code: 'team_not_found' },
  account_not_found: { code: 'account_not_found', accountId: 'sub_1' },
  api_key_not_found: { code: 'api_key_not_found', keyId: 'key_1' },
  charge_not_found: { code: 'charge_not_found', chargeId: '' },
  key_revoked: { code: 'key_revoked' },
  account_inactive: { code: 'account_inactive', accountId: 'sub_1' },
  invalid_amount: { code: 'invalid_amount', rule: 'more than 0 micros' },
  external_id_taken: { code: 'external_id_taken', externalId: 'crm-1' },
  too_many: { code: 'too_many', what: 'API keys', max: 1_000 },
  idempotency_conflict: { code: 'idempotency_conflict', commandId: commandIdAt(1) },
  idempotency_window_full: { code: 'idempotency_window_full' },
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

const accepted = {
  status: 'accepted',
  commandId: commandIdAt(1),
  at: specTime,
  streamRevision: 0,
  isRepeat: false,
} as const;

const replies: readonly (readonly [string, CommandReply])[] = [
  ['accepted', { ...accepted, events: new TeamHistory().opened().toppedUp(5).events }],
  ['accepted again', { ...accepted, isRepeat: true, events: [] }],
  ['unknown', { status: 'unknown', commandId: commandIdAt(1) }],
  ['unavailable', { status: 'unavailable' }],
  ['undecidable', { status: 'undecidable', reason: 'its log is damaged' }],
  ['invalid', { status: 'invalid', reason: 'the value is not JSON' }],
  ...Object.values(rejections).map(
    (rejection) =>
      [
        `refused for ${rejection.code}`,
        { status: 'refused', streamRevision: -1, rejection } as CommandReply,
      ] as const,
  ),
];

const validate = new Ajv({ allErrors: true, strict: false }).compile(replySchema);

/** What is wrong with a reply as it goes out. */
function problemsOf(reply: object): readonly string[] {
  validate(JSON.parse(encodeReply(reply as CommandReply)));
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('a reply', () => {
  it.each(replies)('is as its schema says, and read as it was: %s', (_, reply) => {
    expect(problemsOf(reply)).toEqual([]);
    expect(decodeReply(encodeReply(reply))).toEqual(reply);
  });

  it.each(replies)('has nothing that its schema calls optional: %s', (_, reply) => {
    for (const field of Object.keys(reply)) {
      expect(problemsOf({ ...reply, [field]: undefined })).not.toEqual([]);
    }
  });

  it('says every number of its refusal', () => {
    for (const rejection of Object.values(rejections)) {
      for (const field of Object.keys(rejection)) {
        const broken = { ...rejection, [field]: undefined };
        const reply = { status: 'refused', streamRevision: 0, rejection: broken };
        expect(problemsOf(reply)).not.toEqual([]);
      }
    }
  });

  it('may say more in later releases', () => {
    expect(problemsOf({ status: 'unavailable', since: 1 })).toEqual([]);
  });

  it('of another version is not guessed at', () => {
    expect(() => decodeReply('{"version":2,"status":"unavailable"}')).toThrow(RangeError);
    expect(() => decodeReply('{')).toThrow(SyntaxError);
  });
});
