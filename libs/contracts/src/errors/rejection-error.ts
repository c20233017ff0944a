import { MICROS_PER_DOLLAR, centsExact, type TeamRejection } from '@tollgate/domain';
import { ApiError, invalidRequest } from './api-error';

/** At least two decimals, and as many more as the amount has: prices go below a cent. */
function dollars(micros: number): string {
  const [whole, parts] = (Math.abs(micros) / MICROS_PER_DOLLAR).toFixed(6).split('.');
  return `${micros < 0 ? '-' : ''}$${whole}.${parts!.replace(/0{1,4}$/, '')}`;
}

/** The answer to a refused command. Amounts are given in cents, with up to four decimals. */
export function errorOfRejection(rejection: TeamRejection): ApiError {
  switch (rejection.code) {
    case 'credit_limit_reached':
      return new ApiError(
        'credit_limit_reached',
        `Credit limit of ${dollars(rejection.creditLimit)} reached. ` +
          `Required: ${dollars(rejection.required)}.`,
        {
          creditLimit: centsExact(rejection.creditLimit),
          totalSpent: centsExact(rejection.totalSpent),
          required: centsExact(rejection.required),
        },
      );
    case 'insufficient_balance':
      return new ApiError(
        'insufficient_balance',
        `Insufficient balance. Required: ${dollars(rejection.required)}. ` +
          'Please add funds to continue.',
        {
          required: centsExact(rejection.required),
          available: centsExact(rejection.available),
        },
      );
    default:
      return errorOfOther(rejection);
  }
}

type OtherRejection = Exclude<
  TeamRejection,
  { code: 'credit_limit_reached' | 'insufficient_balance' }
>;

function errorOfOther(rejection: OtherRejection): ApiError {
  switch (rejection.code) {
    case 'team_exists':
      return new ApiError('team_exists', 'This team exists already.');
    case 'team_not_found':
      return new ApiError('not_found', 'Team not found.');
    case 'account_not_found':
      return new ApiError('not_found', 'Sub-account not found.');
    case 'api_key_not_found':
      return new ApiError('not_found', 'API key not found.');
    case 'charge_not_found':
      return new ApiError('not_found', 'Charge not found.');
    case 'key_revoked':
      return new ApiError('unauthorized', 'Invalid or missing API key.');
    case 'account_inactive':
      return new ApiError('sub_account_inactive', 'This sub-account is inactive.');
    case 'invalid_amount':
      return invalidRequest([{ path: ['amount'], message: `must be ${rejection.rule}` }]);
    case 'external_id_taken':
      return new ApiError(
        'external_id_taken',
        `Another sub-account has the external id ${rejection.externalId}.`,
        { externalId: rejection.externalId },
      );
    case 'too_many':
      return new ApiError(
        'limit_reached',
        `There can be at most ${rejection.max} ${rejection.what}.`,
        { what: rejection.what, max: rejection.max },
      );
    case 'idempotency_conflict':
      return new ApiError(
        'idempotency_key_reused',
        'This idempotency key was used for a request with another body.',
      );
    case 'idempotency_window_full':
      return new ApiError(
        'overloaded',
        'This team has as many recent commands as can be remembered.',
        undefined,
        { 'retry-after': '60' },
      );
    case 'would_overdraw':
      return new ApiError(
        'would_overdraw',
        `The balance is ${dollars(rejection.available)}; set force to go below zero.`,
        {
          required: centsExact(rejection.required),
          available: centsExact(rejection.available),
        },
      );
    case 'exceeds_charge':
      return new ApiError(
        'exceeds_charge',
        `Only ${dollars(rejection.refundable)} of this charge can still be refunded.`,
        {
          refundable: centsExact(rejection.refundable),
          required: centsExact(rejection.required),
        },
      );
  }
}
