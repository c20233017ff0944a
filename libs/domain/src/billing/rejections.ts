import type { Micros } from '../kernel';

/** Why a command was refused. The numbers are exact, in micros. */
export type TeamRejection =
  | { readonly code: 'team_exists' }
  | { readonly code: 'team_not_found' }
  | { readonly code: 'account_not_found'; readonly accountId: string }
  | { readonly code: 'api_key_not_found'; readonly keyId: string }
  | { readonly code: 'charge_not_found'; readonly chargeId: string }
  | { readonly code: 'key_revoked' }
  | { readonly code: 'account_inactive'; readonly accountId: string }
  | { readonly code: 'invalid_amount'; readonly rule: string }
  | { readonly code: 'external_id_taken'; readonly externalId: string }
  | { readonly code: 'too_many'; readonly what: string; readonly max: number }
  | { readonly code: 'idempotency_conflict'; readonly commandId: string }
  | { readonly code: 'idempotency_window_full' }
  | {
      readonly code: 'credit_limit_reached';
      readonly creditLimit: Micros;
      readonly totalSpent: Micros;
      readonly required: Micros;
    }
  | {
      readonly code: 'insufficient_balance';
      readonly required: Micros;
      readonly available: Micros;
    }
  | { readonly code: 'would_overdraw'; readonly required: Micros; readonly available: Micros }
  | { readonly code: 'exceeds_charge'; readonly refundable: Micros; readonly required: Micros };
