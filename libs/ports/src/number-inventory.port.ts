import type { NumberTerms } from '@tollgate/domain';

export const NUMBER_TYPES = ['local', 'national', 'tollFree', 'mobile'] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

export interface NumberSearch {
  /** Two capital letters. */
  readonly countryCode: string;
  readonly type: NumberType;
  readonly capabilities?: readonly ('sms' | 'voice' | 'mms')[];
  /** Digits that the number must contain. */
  readonly contains?: string;
  readonly limit: number;
}

/** A number that can be bought, with its prices in micros. */
export interface AvailableNumber extends NumberTerms {
  /** E.164. */
  readonly phoneNumber: string;
  readonly countryCode: string;
  readonly friendlyName?: string;
  readonly locality?: string;
  readonly region?: string;
}

/** Where numbers come from. It does not know which ones are sold. */
export interface NumberInventory {
  search(search: NumberSearch): AsyncIterable<AvailableNumber>;
  /** Undefined for a number that it does not offer. */
  find(phoneNumber: string): Promise<AvailableNumber | undefined>;
}
