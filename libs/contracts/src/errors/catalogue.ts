/** One row of the error table. */
export interface CatalogueEntry {
  readonly status: number;
  /** Whether sending the same request again may succeed without any change. */
  readonly isRetryable: boolean;
  readonly meaning: string;
  /** Names of the fields of `details`, when there are any. */
  readonly details?: readonly string[];
}

/**
 * Every error that Tollgate answers. The README's table is generated from here. The official
 * client retries 408, 409, 429 and 5xx; answers that must not be retried say so by a header.
 */
export const errorCatalogue = {
  invalid_request: {
    status: 400,
    isRetryable: false,
    meaning: 'A field, parameter or header breaks a rule; `errors` names each.',
    details: ['errors'],
  },
  bad_request: {
    status: 400,
    isRetryable: false,
    meaning:
      'The request is well formed, but what it asks for can not be done; `message` says why.',
  },
  unauthorized: {
    status: 401,
    isRetryable: false,
    meaning: 'The API key is missing, unknown or revoked.',
  },
  credit_limit_reached: {
    status: 402,
    isRetryable: false,
    meaning: "The charge would take the sub-account's total spent over its credit limit (cents).",
    details: ['creditLimit', 'totalSpent', 'required'],
  },
  insufficient_balance: {
    status: 402,
    isRetryable: false,
    meaning: "The team's balance does not cover the charge (cents).",
    details: ['required', 'available'],
  },
  forbidden: {
    status: 403,
    isRetryable: false,
    meaning: 'The key is valid but may not do this.',
  },
  sub_account_inactive: {
    status: 403,
    isRetryable: false,
    meaning: 'The sub-account is suspended: it can read, but not spend.',
  },
  not_found: {
    status: 404,
    isRetryable: false,
    meaning: 'There is no such route or object, or it belongs to another account.',
  },
  method_not_allowed: {
    status: 405,
    isRetryable: false,
    meaning: 'The route exists, but not with this method.',
  },
  idempotency_conflict: {
    status: 409,
    isRetryable: false,
    meaning: 'A message with this idempotency key was accepted before; `message` is that one.',
    details: ['message'],
  },
  external_id_taken: {
    status: 409,
    isRetryable: false,
    meaning: 'Another sub-account of the team has this external id.',
    details: ['externalId'],
  },
  team_exists: { status: 409, isRetryable: false, meaning: 'There is a team with this id.' },
  payload_too_large: {
    status: 413,
    isRetryable: false,
    meaning: 'The request body is larger than the route takes.',
  },
  unsupported_media_type: {
    status: 415,
    isRetryable: false,
    meaning: 'The body must be JSON, sent as `application/json`.',
  },
  idempotency_key_reused: {
    status: 422,
    isRetryable: false,
    meaning: 'This idempotency key was used for a request with another body.',
  },
  exceeds_charge: {
    status: 422,
    isRetryable: false,
    meaning: 'The refund is more than what is left of the charge (cents).',
    details: ['refundable', 'required'],
  },
  would_overdraw: {
    status: 422,
    isRetryable: false,
    meaning: 'The adjustment would take the balance below zero (cents); `force` allows it.',
    details: ['required', 'available'],
  },
  limit_reached: {
    status: 422,
    isRetryable: false,
    meaning: 'There are as many of these as there may be.',
    details: ['what', 'max'],
  },
  rate_limited: {
    status: 429,
    isRetryable: true,
    meaning: 'Too many requests in this minute; `retryAfter` is when the next begins (Unix ms).',
    details: ['retryAfter'],
  },
  internal_error: {
    status: 500,
    isRetryable: true,
    meaning: 'A fault of ours; `requestId` finds it in the log.',
    details: ['requestId'],
  },
  outcome_unknown: {
    status: 503,
    isRetryable: true,
    meaning: 'The log did not say whether it took the request: repeat it with the same key.',
    details: ['commandId'],
  },
  overloaded: {
    status: 503,
    isRetryable: true,
    meaning: 'Too much is waiting; nothing was done. `Retry-After` says when to try again.',
  },
  unavailable: {
    status: 503,
    isRetryable: true,
    meaning: 'A part that is needed is away; nothing was done.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
