import type Zavudev from '@zavudev/sdk';
import { flag, listOf, oneOf, someText, text } from '../checks';
import { absent, object, optional } from '../shape';

export const phoneAnswer = object<Zavudev.IntrospectValidatePhoneResponse>({
  countryCode: text,
  phoneNumber: someText,
  validNumber: flag,
  availableChannels: optional(listOf(oneOf('sms', 'sms_oneway', 'whatsapp', 'voice'))),
  carrier: absent,
  lineType: optional(oneOf('mobile', 'landline', 'voip', 'toll_free', 'unknown')),
  nationalFormat: optional(someText),
});
