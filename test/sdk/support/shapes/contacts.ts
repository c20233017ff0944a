import type Zavudev from '@zavudev/sdk';
import {
  country,
  email,
  phoneNumber,
  flag,
  idOf,
  isoTime,
  listOf,
  nothing,
  oneOf,
  someText,
  textMap,
} from '../checks';
import { absent, object, optional } from '../shape';

export const channelKind = oneOf(
  'sms',
  'whatsapp',
  'email',
  'telegram',
  'instagram',
  'messenger',
  'voice',
);

export const contactChannel = object<Zavudev.ContactChannel>({
  id: idOf('chn'),
  channel: channelKind,
  createdAt: isoTime,
  identifier: someText,
  isPrimary: flag,
  verified: flag,
  countryCode: optional(country),
  label: optional(someText),
  lastInboundAt: absent,
  metadata: optional(textMap),
  metrics: absent,
  updatedAt: absent,
});

export const contact = object<Zavudev.Contact>({
  id: idOf('con'),
  availableChannels: listOf(channelKind),
  createdAt: isoTime,
  metadata: textMap,
  verified: flag,
  channels: listOf(contactChannel),
  countryCode: optional(country),
  defaultChannel: optional(channelKind),
  displayName: optional(someText),
  phoneNumber: optional(phoneNumber),
  primaryEmail: optional(email),
  primaryPhone: optional(phoneNumber),
  profileName: nothing,
  updatedAt: isoTime,
});

export const channelAnswer = object<Zavudev.Contacts.ChannelAddResponse>({
  channel: contactChannel,
});
