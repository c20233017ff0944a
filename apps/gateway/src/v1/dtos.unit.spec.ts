import type { Type } from '@nestjs/common';
import { ApiError } from '@tollgate/contracts';
import { validationPipe } from '../http/validation';
import { CreateContactDto, UpdateChannelDto, UpdateContactDto } from './contacts/contact.dto';
import { ListContactsQuery } from './contacts/list-contacts.dto';
import {
  ListNumbersQuery,
  SearchNumbersQuery,
  UpdateNumberDto,
} from './phone-numbers/phone-number.dto';
import { CreateSenderDto, UpdateSenderDto } from './senders/sender.dto';

const pipe = validationPipe();

/** The value as a route gets it, or the path of the first rule that it breaks. */
async function taken(type: 'body' | 'query', metatype: Type, value: object): Promise<unknown> {
  try {
    return await pipe.transform(value, { type, metatype });
  } catch (fault) {
    if (!(fault instanceof ApiError)) throw fault;
    const { errors } = fault.details as { errors: { path: unknown[] }[] };
    return errors[0]!.path.join('.');
  }
}

const body = (metatype: Type, value: object): Promise<unknown> => taken('body', metatype, value);
const query = (metatype: Type, value: object): Promise<unknown> => taken('query', metatype, value);

const sms = { channel: 'sms', identifier: '+14155550123' };
const texts = (count: number, size: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, 'x'.repeat(size)]));

describe('a new contact', () => {
  const valid: [string, object][] = [
    ['one channel', { channels: [sms] }],
    ['twenty channels', { channels: Array.from({ length: 20 }, () => sms) }],
    [
      'all of a channel',
      { channels: [{ ...sms, countryCode: 'US', label: 'x', isPrimary: true }] },
    ],
    ['a name of 200 characters', { channels: [sms], displayName: 'x'.repeat(200) }],
    ['metadata', { channels: [sms], metadata: texts(30, 500) }],
  ];
  it.each(valid)('may have %s', async (_, value) => {
    expect(await body(CreateContactDto, value)).toEqual(value);
  });

  it.each<[object, string]>([
    [{}, 'channels'],
    [{ channels: [] }, 'channels'],
    [{ channels: sms }, 'channels'],
    [{ channels: Array.from({ length: 21 }, () => sms) }, 'channels'],
    [{ channels: [1] }, 'channels'],
    [{ channels: [null] }, 'channels'],
    [{ channels: [[sms]] }, 'channels'],
    [{ channels: [{ channel: 'sms' }] }, 'channels.0.identifier'],
    [{ channels: [{ ...sms, channel: 'fax' }] }, 'channels.0.channel'],
    [{ channels: [{ ...sms, countryCode: 'USA' }] }, 'channels.0.countryCode'],
    [{ channels: [{ ...sms, label: 'x'.repeat(51) }] }, 'channels.0.label'],
    [{ channels: [{ ...sms, isPrimary: 'yes' }] }, 'channels.0.isPrimary'],
    [{ channels: [{ ...sms, verified: true }] }, 'channels.0.verified'],
    [{ channels: [sms], displayName: null }, 'displayName'],
    [{ channels: [sms], displayName: 'x'.repeat(201) }, 'displayName'],
    [{ channels: [sms], metadata: { a: 1 } }, 'metadata'],
    [{ channels: [sms], metadata: texts(51, 1) }, 'metadata'],
    [{ channels: [sms], metadata: texts(50, 500) }, 'metadata'],
    [{ channels: [sms], defaultChannel: 'sms' }, 'defaultChannel'],
  ])('may not be %p', async (value, path) => {
    expect(await body(CreateContactDto, value)).toBe(path);
  });
});

describe('a change', () => {
  it.each<[Type, object]>([
    [UpdateContactDto, {}],
    [UpdateContactDto, { displayName: null, defaultChannel: null }],
    [UpdateChannelDto, { label: null, verified: false }],
    [UpdateNumberDto, { name: null, senderId: null }],
    [UpdateSenderDto, { webhookUrl: null }],
  ])('may clear what can be empty: %p', async (type, value) => {
    expect(await body(type, value)).toEqual(value);
  });

  it.each<[Type, object, string]>([
    [UpdateContactDto, { metadata: null }, 'metadata'],
    [UpdateContactDto, { displayName: '' }, 'displayName'],
    [UpdateContactDto, { defaultChannel: 'fax' }, 'defaultChannel'],
    [UpdateChannelDto, { verified: null }, 'verified'],
    [UpdateChannelDto, { identifier: '+1' }, 'identifier'],
    [UpdateNumberDto, { name: 'x'.repeat(101) }, 'name'],
    [UpdateNumberDto, { senderId: '' }, 'senderId'],
    [UpdateSenderDto, { name: null }, 'name'],
    [UpdateSenderDto, { webhookEvents: null }, 'webhookEvents'],
    [UpdateSenderDto, { webhookSignatureVersion: 'v3' }, 'webhookSignatureVersion'],
    [CreateSenderDto, { name: 'x', webhookUrl: null }, 'webhookUrl'],
    [CreateSenderDto, { name: 'x', emailFromName: 'x'.repeat(101) }, 'emailFromName'],
    [CreateSenderDto, { name: 'x', phoneNumber: '4155550123' }, 'phoneNumber'],
    [CreateSenderDto, { name: 'x', emailCatchAllEnabled: true }, 'emailCatchAllEnabled'],
  ])('may not be of another kind: %p %p', async (type, value, path) => {
    expect(await body(type, value)).toBe(path);
  });
});

describe('a query', () => {
  it('means by a blank before digits the plus sign that it was', async () => {
    expect(await query(ListContactsQuery, { phoneNumber: ' 14155550123' })).toEqual({
      phoneNumber: '+14155550123',
    });
    expect(await query(ListContactsQuery, { phoneNumber: ' a' })).toEqual({ phoneNumber: ' a' });
  });

  it('takes a list joined by commas, or given more than once', async () => {
    const countryCode = 'US';
    for (const capabilities of ['sms,voice', ['sms', 'voice'], 'sms, voice,']) {
      expect(await query(SearchNumbersQuery, { countryCode, capabilities })).toEqual({
        countryCode,
        capabilities: ['sms', 'voice'],
      });
    }
    const none = { countryCode: 'us', capabilities: '', contains: '', type: '', limit: '' };
    expect(await query(SearchNumbersQuery, none)).toEqual({ countryCode });
  });

  it.each<[Type, object, string]>([
    [ListContactsQuery, { tag: ['a', 'b'] }, 'tag'],
    [ListContactsQuery, { tag: 'a' }, 'tag'],
    [ListContactsQuery, { search: ['a', 'b'] }, 'search'],
    [ListContactsQuery, { search: 'x'.repeat(201) }, 'search'],
    [ListContactsQuery, { phoneNumber: ['+1', '+2'] }, 'phoneNumber'],
    [ListNumbersQuery, { status: 'lost' }, 'status'],
    [SearchNumbersQuery, { countryCode: ['US', 'US'] }, 'countryCode'],
    [SearchNumbersQuery, { countryCode: 'U1' }, 'countryCode'],
    [SearchNumbersQuery, { countryCode: 'US', capabilities: 'sms,sms,sms,sms' }, 'capabilities'],
  ])('may not be of another kind: %p %p', async (type, value, path) => {
    expect(await query(type, value)).toBe(path);
  });
});
