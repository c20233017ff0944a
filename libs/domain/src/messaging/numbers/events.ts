import type { NumberTerms } from '../senders';

/* Names and fields are the storage format, as in `../../billing/events.ts`. */

/** Who wants a number, and on what terms: all that is needed to finish the purchase. */
export interface NumberOrder extends NumberTerms {
  readonly numberId: string;
  readonly phoneNumber: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly keyId?: string;
  readonly name?: string;
}

/** Nobody else can buy the number until the claim is released. */
export interface NumberClaimed {
  readonly type: 'NumberClaimed';
  readonly data: NumberOrder;
}

/** It was given back, or could not be paid. */
export interface NumberClaimReleased {
  readonly type: 'NumberClaimReleased';
  readonly data: { readonly numberId: string };
}

export type NumberEvent = NumberClaimed | NumberClaimReleased;
