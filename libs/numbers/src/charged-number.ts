import type { NumberOrder, PhoneNumberItem, TeamEvent } from '@tollgate/domain';

/** A number that was charged for, with where the charge stands. */
export interface ChargedNumber {
  readonly teamId: string;
  readonly accountId: string;
  readonly chargeId: string;
  readonly item: PhoneNumberItem;
}

/** @param charged the accepted charge of the order. */
export function chargedNumber(
  { teamId, accountId }: NumberOrder,
  charged: { readonly events: readonly TeamEvent[] },
): ChargedNumber {
  for (const { type, data } of charged.events) {
    if (type !== 'AccountCharged' || data.item.type !== 'phone_number') continue;
    return { teamId, accountId, chargeId: data.chargeId, item: data.item };
  }
  throw new Error('the charge of a number holds no number');
}
