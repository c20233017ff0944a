import type { TeamRejection } from '@tollgate/domain';
import { count, id, words, type RejectionSchemas } from '../rejection-schemas';
import { micros, signedMicros } from '../schema-parts';

/** What each refusal says besides its code. */
export const rejections: RejectionSchemas<TeamRejection> = {
  team_exists: {},
  team_not_found: {},
  account_not_found: { accountId: id },
  api_key_not_found: { keyId: id },
  charge_not_found: { chargeId: id },
  key_revoked: {},
  account_inactive: { accountId: id },
  invalid_amount: { rule: words },
  external_id_taken: { externalId: words },
  too_many: { what: words, max: count },
  idempotency_conflict: { commandId: id },
  idempotency_window_full: {},
  credit_limit_reached: { creditLimit: micros, totalSpent: micros, required: micros },
  insufficient_balance: { required: micros, available: signedMicros },
  would_overdraw: { required: micros, available: signedMicros },
  exceeds_charge: { refundable: micros, required: micros },
};
