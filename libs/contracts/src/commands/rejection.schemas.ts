import type { TeamRejection } from '@tollgate/domain';
import { micros, signedMicros } from './schema-parts';

type Code = TeamRejection['code'];
type FieldsOf<C extends Code> = {
  readonly [Name in Exclude<keyof Extract<TeamRejection, { code: C }>, 'code'>]: object;
};

const id = { type: 'string' } as const;
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** What each refusal says besides its code: one that lacks a field here does not compile. */
export const rejections: { readonly [C in Code]: FieldsOf<C> } = {
  team_exists: {},
  team_not_found: {},
  account_not_found: { accountId: id },
  api_key_not_found: { keyId: id },
  charge_not_found: { chargeId: id },
  key_revoked: {},
  account_inactive: { accountId: id },
  invalid_amount: { rule: text },
  external_id_taken: { externalId: text },
  too_many: { what: text, max: count },
  idempotency_conflict: { commandId: id },
  idempotency_window_full: {},
  credit_limit_reached: { creditLimit: micros, totalSpent: micros, required: micros },
  insufficient_balance: { required: micros, available: signedMicros },
  would_overdraw: { required: micros, available: signedMicros },
  exceeds_charge: { refundable: micros, required: micros },
};
