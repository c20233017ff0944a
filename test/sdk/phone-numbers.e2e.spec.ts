import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, strangerOn, type Account } from './support/accounts';
import { clientOf } from './support/clients';
import { ownNumber, unsoldNumber } from './support/number-supply';
import { pagesOf, rawPageOf } from './support/pages';
import {
  badRequest,
  expectInvalid,
  expectRefused,
  notFound,
  unauthorized,
} from './support/refusals';
import { expectShape } from './support/shape';
import { availableNumbers, numberAnswer, ownedNumber } from './support/shapes';

jest.setTimeout(120_000);

const noNumber = notFound('Phone number not found.');
const unavailable = badRequest('This phone number is not available');
const us = { countryCode: 'US' };
const DAY_MS = 86_400_000;

describe('phone numbers of the official client', () => {
  let system: System;
  let account: Account;
  let own: Zavudev;

  beforeAll(async () => {
    system = await System.start();
  });

  beforeEach(async () => {
    account = await accountOn(system);
    ({ own } = account);
  });

  afterAll(() => system.end());

  const sender = async (name: string): Promise<string> => (await own.senders.create({ name })).id;
  const update = async (
    id: string,
    body: Zavudev.PhoneNumberUpdateParams,
  ): Promise<Zavudev.OwnedPhoneNumber> =>
    expectShape(await own.phoneNumbers.update(id, body), numberAnswer).phoneNumber;

  it('purchase answers 201 with every field, charges once; retrieve and list agree', async () => {
    const phoneNumber = await unsoldNumber(own);
    const purchase = own.phoneNumbers.purchase({ phoneNumber, name: 'Support' });
    const { data, response } = await purchase.withResponse();
    expect(response.status).toBe(201);
    const bought = expectShape(data, numberAnswer).phoneNumber;
    expect(bought).toMatchObject({
      phoneNumber,
      name: 'Support',
      status: 'active',
      capabilities: ['sms', 'voice', 'mms'],
      pricing: { monthlyPrice: 1, monthlyCost: 100, upfrontCost: 125, isFreeNumber: false },
    });
    const days = (Date.parse(bought.nextRenewalDate!) - Date.parse(bought.createdAt)) / DAY_MS;
    expect(Math.round(days)).toBeGreaterThanOrEqual(28);
    expect(Math.round(days)).toBeLessThanOrEqual(31);
    expect(await own.phoneNumbers.retrieve(bought.id)).toStrictEqual(data);
    expect((await own.phoneNumbers.list()).items).toStrictEqual([bought]);
    expect(await own.balance.retrieve()).toMatchObject({ balance: 4_875, totalSpent: 125 });
  });

  it('searchAvailable answers numbers with their prices, as many as asked for', async () => {
    const search = async (query: object): Promise<Zavudev.AvailablePhoneNumber[]> => {
      const asked = { countryCode: 'US', ...query };
      return expectShape(await own.phoneNumbers.searchAvailable(asked), availableNumbers).items;
    };
    const local = await search({});
    expect(local).toHaveLength(10);
    expect(local[0]).toMatchObject({
      capabilities: { sms: true, voice: true, mms: true },
      pricing: { monthlyPrice: 1, upfrontPrice: 1.25, isFreeEligible: false },
    });
    const some = await search({ contains: '305', capabilities: 'sms,mms', limit: 3 });
    expect(some.map(({ phoneNumber }) => phoneNumber.slice(0, 5))).toEqual([
      '+1305',
      '+1305',
      '+1305',
    ]);
    const free = await search({ type: 'tollFree', limit: 1 });
    expect(free).toMatchObject([{ pricing: { upfrontPrice: 2 }, capabilities: { mms: false } }]);
    expect(await search({ countryCode: 'de', type: 'mobile', limit: 50 })).toHaveLength(50);
    expect(await search({ type: 'tollFree', capabilities: 'mms' })).toEqual([]);
    for (const [field, value] of [
      ['countryCode', 'USA'],
      ['type', 'vanity'],
      ['capabilities', 'fax'],
      ['contains', 'x'],
      ['limit', 51],
    ] as const) {
      await expectInvalid(search({ [field]: value }), field);
    }
  });

  it('requirements are none, for any country', async () => {
    expect(await own.phoneNumbers.requirements({ countryCode: 'US', type: 'local' })).toEqual({
      items: [],
    });
    await expectInvalid(own.phoneNumbers.requirements({ countryCode: '' }), 'countryCode');
  });

  it('a number that somebody has is not offered, and 400 for anybody who buys it', async () => {
    const { phoneNumber } = await ownNumber(own);
    const other = await accountOn(system);
    const query = { countryCode: 'US', contains: phoneNumber.slice(1) };
    expect((await own.phoneNumbers.searchAvailable(query)).items).toEqual([]);
    for (const client of [other.own, account.main, own]) {
      await expectRefused(client.phoneNumbers.purchase({ phoneNumber }), unavailable);
    }
    expect((await other.own.balance.retrieve()).balance).toBe(5_000);
    expect((await other.own.phoneNumbers.list()).items).toEqual([]);
    expect((await own.balance.retrieve()).totalSpent).toBe(125);
  });

  it('400 for a number that is not sold here, and for what is no number', async () => {
    const buy = (body: object): Promise<unknown> =>
      own.phoneNumbers.purchase(body as Zavudev.PhoneNumberPurchaseParams);
    await expectRefused(buy({ phoneNumber: '+14155551234' }), unavailable);
    await expectInvalid(buy({ phoneNumber: '4155550100' }), 'phoneNumber');
    const name = 'x'.repeat(101);
    await expectInvalid(buy({ phoneNumber: '+14155550100', name }), 'name');
    expect((await own.balance.retrieve()).totalSpent).toBe(0);
  });

  it('402 in the documented words when the balance is too low; nobody has the number', async () => {
    const { own: poor } = await accountOn(system, { balance: 124 });
    const phoneNumber = await unsoldNumber(poor);
    await expectRefused(poor.phoneNumbers.purchase({ phoneNumber }), {
      status: 402,
      code: 'insufficient_balance',
      message: 'Insufficient balance. Required: $1.25. Please add funds to continue.',
      details: { required: 125, available: 124 },
    });
    expect((await poor.phoneNumbers.list()).items).toEqual([]);
    expect((await poor.balance.retrieve()).balance).toBe(124);
    await own.phoneNumbers.purchase({ phoneNumber });
  });

  it('402 when the sub-account’s limit is too low', async () => {
    const { own: capped } = await accountOn(system, { creditLimit: 200 });
    await ownNumber(capped);
    const phoneNumber = await unsoldNumber(capped);
    await expectRefused(capped.phoneNumbers.purchase({ phoneNumber }), {
      status: 402,
      code: 'credit_limit_reached',
      details: { creditLimit: 200, totalSpent: 125, required: 125 },
    });
    expect(await capped.balance.retrieve()).toMatchObject({ balance: 4_875, totalSpent: 125 });
  });

  it('403 for a suspended sub-account, which may still look, and for a test key', async () => {
    const phoneNumber = await unsoldNumber(own);
    const { main, id } = account;
    const { apiKey } = await main.subAccounts.apiKeys.create(id, {
      name: 't',
      environment: 'test',
    });
    const testing = clientOf(system.server.url, apiKey.key);
    const forbidden = { status: 403, code: 'forbidden' } as const;
    await expectRefused(testing.phoneNumbers.purchase({ phoneNumber }), forbidden);
    await main.subAccounts.update(id, { status: 'inactive' });
    const inactive = { status: 403, code: 'sub_account_inactive' } as const;
    await expectRefused(own.phoneNumbers.purchase({ phoneNumber }), inactive);
    expect((await own.phoneNumbers.list()).items).toEqual([]);
    await main.subAccounts.update(id, { status: 'active' });
    await own.phoneNumbers.purchase({ phoneNumber });
  });

  it('update names a number and assigns it; null takes both away', async () => {
    const { id, phoneNumber } = await ownNumber(own);
    const senderId = await sender('A');
    expect(await update(id, { name: 'Support', senderId })).toMatchObject({
      name: 'Support',
      senderId,
    });
    expect(await own.senders.retrieve(senderId)).toMatchObject({ phoneNumber, channels: ['sms'] });
    expect(await update(id, {})).toMatchObject({ name: 'Support', senderId });
    const cleared = await update(id, { name: null, senderId: null });
    expect(['name', 'senderId'].filter((field) => field in cleared)).toEqual([]);
    expect(await own.senders.retrieve(senderId)).toMatchObject({ phoneNumber: '', channels: [] });
    await expectInvalid(
      own.phoneNumbers.update(id, { name: '', senderId: '' }),
      'name',
      'senderId',
    );
  });

  it('a sender has one number; a number moves from one sender to another', async () => {
    const [one, other] = [await ownNumber(own), await ownNumber(own)];
    const [a, b] = [await sender('A'), await sender('B')];
    await update(one.id, { senderId: a });
    const has = badRequest('The sender has another phone number already');
    await expectRefused(own.phoneNumbers.update(other.id, { senderId: a }), has);
    await expectRefused(
      own.phoneNumbers.update(other.id, { senderId: 'snd_none' }),
      notFound('Sender not found.'),
    );
    expect((await update(one.id, { senderId: b })).senderId).toBe(b);
    expect((await own.senders.retrieve(a)).phoneNumber).toBe('');
    expect((await own.senders.retrieve(b)).phoneNumber).toBe(one.phoneNumber);
  });

  it('release answers 204, unless a sender has the number; others may buy it then', async () => {
    const { id, phoneNumber } = await ownNumber(own);
    await update(id, { senderId: await sender('A') });
    const assigned = badRequest('The phone number is assigned to a sender');
    await expectRefused(own.phoneNumbers.release(id), assigned);
    await update(id, { senderId: null });
    const { data, response } = await own.phoneNumbers.release(id).withResponse();
    expect({ data, status: response.status }).toEqual({ data: null, status: 204 });
    await expectRefused(own.phoneNumbers.retrieve(id), noNumber);
    expect((await own.phoneNumbers.list()).items).toEqual([]);
    const { own: next } = await accountOn(system);
    expect((await next.phoneNumbers.purchase({ phoneNumber })).phoneNumber.id).not.toBe(id);
    expect((await own.balance.retrieve()).totalSpent).toBe(125);
  });

  it('list pages, the newest first, by status too, and ends with a null', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.unshift((await ownNumber(own)).id);
    for (const query of [{}, { status: 'active' as const }]) {
      const pages = await pagesOf(own.phoneNumbers.list({ ...query, limit: 2 }), ownedNumber);
      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([ids.slice(0, 2), [ids[2]]]);
    }
    const { nextCursor } = await rawPageOf(own.phoneNumbers.list({ limit: 3 }), ownedNumber);
    expect(nextCursor).toBeNull();
    for (const status of ['suspended', 'pending'] as const) {
      expect((await own.phoneNumbers.list({ status })).items).toEqual([]);
    }
    await expectInvalid(own.phoneNumbers.list({ status: 'lost' } as object), 'status');
  });

  const calls: readonly [string, (client: Zavudev, id: string) => Promise<unknown>][] = [
    ['retrieve', ({ phoneNumbers }, id) => phoneNumbers.retrieve(id)],
    ['update', ({ phoneNumbers }, id) => phoneNumbers.update(id, { name: 'B' })],
    ['release', ({ phoneNumbers }, id) => phoneNumbers.release(id)],
  ];

  it.each(calls)('%s: 404 for a number that is none of the account’s', async (_, call) => {
    const { id } = await ownNumber(own);
    await expectRefused(call(own, 'pn_none'), noNumber);
    await expectRefused(call(account.main, id), noNumber);
    expect((await own.phoneNumbers.retrieve(id)).phoneNumber.id).toBe(id);
  });

  it.each([
    ...calls,
    ['list', ({ phoneNumbers }: Zavudev) => phoneNumbers.list()],
    ['purchase', ({ phoneNumbers }: Zavudev) => phoneNumbers.purchase({ phoneNumber: '+1' })],
    ['requirements', ({ phoneNumbers }: Zavudev) => phoneNumbers.requirements(us)],
    ['searchAvailable', ({ phoneNumbers }: Zavudev) => phoneNumbers.searchAvailable(us)],
  ] as typeof calls)('%s: 401 for a key that nobody has', async (_, call) => {
    await expectRefused(call(strangerOn(system), 'pn_none'), unauthorized);
  });
});
