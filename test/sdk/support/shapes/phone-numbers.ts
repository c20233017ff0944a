import type Zavudev from '@zavudev/sdk';
import {
  amount,
  count,
  flag,
  idOf,
  isoTime,
  listOf,
  oneOf,
  phoneNumber,
  someText,
} from '../checks';
import { absent, object, optional } from '../shape';

export const availableNumber = object<Zavudev.AvailablePhoneNumber>({
  capabilities: object<Zavudev.PhoneNumberCapabilities>({ mms: flag, sms: flag, voice: flag }),
  phoneNumber,
  pricing: object<Zavudev.PhoneNumberPricing>({
    isFreeEligible: flag,
    monthlyPrice: amount,
    upfrontPrice: amount,
  }),
  friendlyName: someText,
  locality: absent,
  region: absent,
});

export const availableNumbers = object<Zavudev.PhoneNumberSearchAvailableResponse>({
  items: listOf(availableNumber),
});

export const ownedNumber = object<Zavudev.OwnedPhoneNumber>({
  id: idOf('pn'),
  capabilities: listOf(oneOf('sms', 'voice', 'mms')),
  createdAt: isoTime,
  phoneNumber,
  pricing: object<Zavudev.OwnedPhoneNumberPricing>({
    isFreeNumber: flag,
    monthlyCost: count,
    monthlyPrice: amount,
    upfrontCost: count,
  }),
  status: oneOf('active', 'suspended'),
  name: optional(someText),
  nextRenewalDate: isoTime,
  senderId: optional(idOf('snd')),
  updatedAt: isoTime,
});

export const numberAnswer = object<Zavudev.PhoneNumberRetrieveResponse>({
  phoneNumber: ownedNumber,
});
