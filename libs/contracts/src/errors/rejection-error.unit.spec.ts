import type { TeamRejection } from '@tollgate/domain';
import { errorOfRejection } from './rejection-error';
import { errorCatalogue, type CatalogueEntry, type ErrorCode } from './catalogue';

type Code = TeamRejection['code'];
type Rejected<C extends Code> = Extract<TeamRejection, { code: C }>;

/** One of every kind: a rejection that is missing here does not compile. */
const rejections: { readonly [C in Code]: Rejected<C> } = {
  team_exists: { code: 'team_exists' },
  team_not_found: { code: 'team_not_found' },
  account_not_found: { code: 'account_not_found', accountId: 'sub_1' },
  api_key_not_found: { code: 'api_key_not_found', keyId: 'key_1' },
  charge_not_found: { code: 'charge_not_found', chargeId: 'chg_1' },
  key_revoked: { code: 'key_revoked' },
  account_inactive: { code: 'account_inactive', accountId: 'sub_1' },
  invalid_amount: { code: 'invalid_amount', rule: 'more than 0 micros' },
  external_id_taken: { code: 'external_id_taken', externalId: 'crm-1' },
  too_many: { code: 'too_many', what: 'API keys', max: 1_000 },
  idempotency_conflict: { code: 'idempotency_conflict', commandId: '01CMD' },
  idempotency_window_full: { code: 'idempotency_window_full' },
  credit_limit_reached: {
    code: 'credit_limit_reached',
    creditLimit: 5_000_000,
    totalSpent: 4_999_999,
    required: 4_000,
  },
  insufficient_balance: { code: 'insufficient_balance', required: 1_250_000, available: 5_001 },
  would_overdraw: { code: 'would_overdraw', required: 2_000_000, available: -1_500_000 },
  exceeds_charge: { code: 'exceeds_charge', refundable: 40_000, required: 40_001 },
};

const expected: { readonly [C in Code]: readonly [number, ErrorCode, string, object?] } = {
  team_exists: [409, 'team_exists', 'This team exists already.'],
  team_not_found: [404, 'not_found', 'Team not found.'],
  account_not_found: [404, 'not_found', 'Sub-account not found.'],
  api_key_not_found: [404, 'not_found', 'API key not found.'],
  charge_not_found: [404, 'not_found', 'Charge not found.'],
  key_revoked: [401, 'unauthorized', 'Invalid or missing API key.'],
  account_inactive: [403, 'sub_account_inactive', 'This sub-account is inactive.'],
  invalid_amount: [
    400,
    'invalid_request',
    'amount: must be more than 0 micros',
    { errors: [{ path: ['amount'], message: 'must be more than 0 micros' }] },
  ],
  external_id_taken: [
    409,
    'external_id_taken',
    'Another sub-account has the external id crm-1.',
    { externalId: 'crm-1' },
  ],
  too_many: [
    422,
    'limit_reached',
    'There can be at most 1000 API keys.',
    { what: 'API keys', max: 1_000 },
  ],
  idempotency_conflict: [
    422,
    'idempotency_key_reused',
    'This idempotency key was used for a request with another body.',
  ],
  idempotency_window_full: [
    503,
    'overloaded',
    'This team has as many recent commands as can be remembered.',
  ],
  credit_limit_reached: [
    402,
    'credit_limit_reached',
    'Credit limit of $5.00 reached. Required: $0.004.',
    { creditLimit: 500, totalSpent: 499.9999, required: 0.4 },
  ],
  insufficient_balance: [
    402,
    'insufficient_balance',
    'Insufficient balance. Required: $1.25. Please add funds to continue.',
    { required: 125, available: 0.5001 },
  ],
  would_overdraw: [
    422,
    'would_overdraw',
    'The balance is -$1.50; set force to go below zero.',
    { required: 200, available: -150 },
  ],
  exceeds_charge: [
    422,
    'exceeds_charge',
    'Only $0.04 of this charge can still be refunded.',
    { refundable: 4, required: 4.0001 },
  ],
};

const codes = Object.keys(rejections) as Code[];

describe('the answer to a refusal', () => {
  it.each(codes)('is catalogued: %s', (code) => {
    const [status, answer, message, details] = expected[code];
    const error = errorOfRejection(rejections[code]);
    expect(error.entry.status).toBe(status);
    expect(error.body).toStrictEqual({
      code: answer,
      message,
      ...(details === undefined ? {} : { details }),
    });
  });

  it.each(codes)('has the details that the catalogue names: %s', (code) => {
    const { body } = errorOfRejection(rejections[code]);
    const entry: CatalogueEntry = errorCatalogue[body.code];
    expect(Object.keys(body.details ?? {})).toEqual(entry.details ?? []);
  });

  it('says when to try again where that may help', () => {
    const error = errorOfRejection(rejections.idempotency_window_full);
    expect(error.headers).toEqual({ 'retry-after': '60' });
    const others = codes.filter((code) => code !== 'idempotency_window_full');
    for (const code of others) expect(errorOfRejection(rejections[code]).headers).toEqual({});
  });

  it.each([
    [0, '$0.00'],
    [1, '$0.000001'],
    [4_000, '$0.004'],
    [10_000, '$0.01'],
    [1_000_000, '$1.00'],
    [1_234_500, '$1.2345'],
    [-500_000, '-$0.50'],
  ])('writes %p micros as %p', (available, dollars) => {
    const error = errorOfRejection({ code: 'would_overdraw', required: 1, available });
    expect(error.message).toContain(`The balance is ${dollars};`);
  });
});
