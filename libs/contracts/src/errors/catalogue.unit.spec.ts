import { ApiError, invalidRequest } from './api-error';
import { errorCatalogue, type CatalogueEntry, type ErrorCode } from './catalogue';

const entries = Object.entries(errorCatalogue) as [ErrorCode, CatalogueEntry][];

describe('the error catalogue', () => {
  /** Statuses are a promise: the official client chooses by them what to throw and to retry. */
  it('gives every code its status', () => {
    expect(Object.fromEntries(entries.map(([code, { status }]) => [code, status]))).toEqual({
      invalid_request: 400,
      bad_request: 400,
      unauthorized: 401,
      credit_limit_reached: 402,
      insufficient_balance: 402,
      forbidden: 403,
      sub_account_inactive: 403,
      not_found: 404,
      method_not_allowed: 405,
      idempotency_conflict: 409,
      external_id_taken: 409,
      team_exists: 409,
      payload_too_large: 413,
      unsupported_media_type: 415,
      idempotency_key_reused: 422,
      exceeds_charge: 422,
      would_overdraw: 422,
      limit_reached: 422,
      rate_limited: 429,
      internal_error: 500,
      outcome_unknown: 503,
      overloaded: 503,
      unavailable: 503,
    });
  });

  it('calls retryable what a retry may mend: 429 and 5xx, and nothing else', () => {
    for (const [, { status, isRetryable }] of entries) {
      expect(isRetryable).toBe(status === 429 || status >= 500);
    }
  });

  it('says in a sentence what each means', () => {
    for (const [code, { meaning }] of entries) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*\.$|\)\.$/);
    }
  });

  it('is in the order of its statuses', () => {
    const statuses = entries.map(([, { status }]) => status);
    expect(statuses).toEqual([...statuses].sort((left, right) => left - right));
  });
});

describe('an API error', () => {
  it('has a flat body, without details when there are none', () => {
    const bare = new ApiError('not_found', 'Team not found.');
    expect(bare.body).toStrictEqual({ code: 'not_found', message: 'Team not found.' });
    expect(bare.entry.status).toBe(404);
    expect(bare.headers).toEqual({});
    const details = { what: 'API keys', max: 1 };
    expect(new ApiError('limit_reached', 'Full.', details).body).toStrictEqual({
      code: 'limit_reached',
      message: 'Full.',
      details,
    });
  });

  it('is an error like any other', () => {
    const error = new ApiError('not_found', 'Team not found.');
    expect(error).toBeInstanceOf(Error);
    expect(`${error}`).toBe('ApiError: Team not found.');
  });

  it('names the first invalid field in its message, and all in its details', () => {
    const errors = [
      { path: ['charges', 2, 'amount'], message: 'must be a number' },
      { path: ['reference'], message: 'must be text' },
    ];
    expect(invalidRequest(errors).body).toEqual({
      code: 'invalid_request',
      message: 'charges.2.amount: must be a number',
      details: { errors },
    });
    expect(invalidRequest([]).body.message).toBe('The request is invalid.');
  });
});
