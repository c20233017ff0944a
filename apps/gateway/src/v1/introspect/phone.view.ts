import { parsePhoneNumberFromString } from 'libphonenumber-js';
import {
  parsePhoneNumberFromString as parseWithRanges,
  type NumberType,
} from 'libphonenumber-js/max';
import { present } from '../../http/present';

export interface PhoneView {
  /** E.164 where it can be told, else as it was given. */
  readonly phoneNumber: string;
  /** Two letters; empty for a number of no country. */
  readonly countryCode: string;
  readonly validNumber: boolean;
  readonly nationalFormat?: string;
  readonly lineType?: 'mobile' | 'landline' | 'voip' | 'toll_free' | 'unknown';
  /** Whom messages could reach; of valid numbers only. */
  readonly availableChannels?: readonly string[];
}

/**
 * A number is valid when it has a form that its country uses: lists of the ranges that are given
 * out grow old, and only say what kind of line it is.
 * @param channels that phone numbers are reached by.
 */
export function phoneView(written: string, channels: readonly string[]): PhoneView {
  const parsed = parsePhoneNumberFromString(written.trim());
  if (parsed === undefined) {
    return { phoneNumber: written.trim(), countryCode: '', validNumber: false };
  }
  const validNumber = parsed.isValid();
  return {
    phoneNumber: parsed.number,
    countryCode: parsed.country ?? '',
    validNumber,
    ...present({
      nationalFormat: validNumber ? parsed.formatNational() : undefined,
      lineType: validNumber ? lineTypeOf(parseWithRanges(parsed.number)?.getType()) : undefined,
      availableChannels: validNumber ? channels : undefined,
    }),
  };
}

function lineTypeOf(type: NumberType): PhoneView['lineType'] {
  switch (type) {
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
      return 'landline';
    case 'VOIP':
      return 'voip';
    case 'TOLL_FREE':
      return 'toll_free';
    default:
      return 'unknown';
  }
}
