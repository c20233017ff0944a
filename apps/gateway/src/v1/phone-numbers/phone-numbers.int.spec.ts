import { AGAIN, FIRST, Stage } from '../../../spec/stage';
import type { Account } from '../../../spec/cast';
import { OPERATOR_KEY } from '../../../spec/world';
import type { AvailableNumberView, OwnedNumberView } from './phone-number.view';

const AT = '2026-01-01T00:00:00.000Z';
const BUY = '/v1/phone-numbers';

interface Found {
  readonly items: readonly AvailableNumberView[];
}

let stage: Stage;
let account: Account;
let key: string;

beforeAll(async () => {
  stage = await Stage.start();
});

beforeEach(async () => {
  account = await stage.other();
  key = account.key.secret;
});

afterAll(() => stage.stop());

const search = (query: string): Promise<Found> =>
  stage.got(200, 'GET', `/v1/phone-numbers/available?${query}`, { key });

async function nextFree(): Promise<string> {
  return (await search('countryCode=US&limit=1')).items[0]!.phoneNumber;
}

async function buy(body: object, headers = {}): Promise<OwnedNumberView> {
  const bought = { key, body, headers };
  return (await stage.got<{ phoneNumber: OwnedNumberView }>(201, 'POST', BUY, bought)).phoneNumber;
}

const balance = async (): Promise<number> =>
  (await stage.got<{ balance: number }>(200, 'GET', '/v1/balance', { key })).balance;

describe('numbers that can be had', () => {
  it('are shown with what they can do and cost, in dollars', async () => {
    const { items } = await search('countryCode=us');
    expect(items).toHaveLength(10);
    expect(items[0]).toEqual({
      phoneNumber: expect.stringMatching(/^\+1\d{10}$/),
      capabilities: { sms: true, voice: true, mms: true },
      pricing: { monthlyPrice: 1, upfrontPrice: 1.25, isFreeEligible: false },
      friendlyName: expect.any(String),
    });
  });

  it('are chosen by type, digits, capabilities and count', async () => {
    const { items } = await search('countryCode=US&type=tollFree&contains=0107&limit=50');
    expect(items.map(({ phoneNumber }) => phoneNumber)).toEqual(['+18005550107', '+18885550107']);
    const mobile = await search('countryCode=DE&type=mobile&capabilities=sms%2Cvoice&limit=2');
    expect(mobile.items).toHaveLength(2);
    expect((await search('countryCode=DE&type=mobile&capabilities=mms')).items).toEqual([]);
    expect((await search('countryCode=ZZ')).items).toEqual([]);
  });

  it.each([
    ['', 'countryCode'],
    ['countryCode=', 'countryCode'],
    ['countryCode=USA', 'countryCode'],
    ['countryCode=%C3%9F', 'countryCode'],
    ['countryCode=US&type=satellite', 'type'],
    ['countryCode=US&capabilities=fax', 'capabilities'],
    ['countryCode=US&contains=abc', 'contains'],
    [`countryCode=US&contains=${'1'.repeat(21)}`, 'contains'],
    ['countryCode=US&limit=51', 'limit'],
    ['countryCode=US&limit=0', 'limit'],
    ['countryCode=US&cursor=a', 'cursor'],
  ])('are asked for by the rules: %s', async (query, name) => {
    const url = `/v1/phone-numbers/available?${query}`;
    expect(await stage.got(400, 'GET', url, { key })).toMatchObject({
      details: { errors: [{ path: [name] }] },
    });
  });

  it('ask for no papers', async () => {
    const url = '/v1/phone-numbers/requirements';
    expect(await stage.got(200, 'GET', `${url}?countryCode=US`, { key })).toEqual({ items: [] });
    await stage.got(400, 'GET', url, { key });
  });
});

describe('a number', () => {
  it('is bought, paid and owned by one answer', async () => {
    const phoneNumber = await nextFree();
    const before = await balance();
    const bought = await buy({ phoneNumber, name: 'Support' });
    expect(bought).toEqual({
      id: expect.stringMatching(/^pn_/),
      phoneNumber,
      name: 'Support',
      status: 'active',
      capabilities: ['sms', 'voice', 'mms'],
      pricing: { monthlyPrice: 1, monthlyCost: 100, upfrontCost: 125, isFreeNumber: false },
      nextRenewalDate: '2026-02-01T00:00:00.000Z',
      createdAt: AT,
      updatedAt: AT,
    });
    expect(await balance()).toBe(before - 125);
    const url = `${BUY}/${bought.id}`;
    expect(await stage.got(200, 'GET', url, { key })).toEqual({ phoneNumber: bought });
    const { items } = await search(`countryCode=US&contains=${phoneNumber.slice(-10)}`);
    expect(items).toEqual([]);
  });

  it('is sold to one buyer', async () => {
    const phoneNumber = await nextFree();
    await buy({ phoneNumber });
    const before = await balance();
    const other = await stage.other();
    for (const buyer of [key, other.key.secret]) {
      expect(await stage.got(400, 'POST', BUY, { key: buyer, body: { phoneNumber } })).toEqual({
        code: 'bad_request',
        message: 'This phone number is not available',
      });
    }
    expect(await balance()).toBe(before);
  });

  it('that the inventory does not have is not for sale', async () => {
    const body = { phoneNumber: '+14155551234' };
    expect(await stage.got(400, 'POST', BUY, { key, body })).toMatchObject({ code: 'bad_request' });
  });

  it('is bought once, however often the official client asks', async () => {
    const body = { phoneNumber: await nextFree() };
    const before = await balance();
    const first = await buy(body, FIRST);
    const again = await stage.send('POST', BUY, { key, body, headers: AGAIN });
    expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
    expect(again.body).toEqual({ phoneNumber: first });
    expect(await balance()).toBe(before - 125);
  });

  it("is not bought without money, nor over a limit, in the mirrored API's words", async () => {
    const poor = await stage.cast.team('Poor', 100);
    const body = { phoneNumber: await nextFree() };
    expect(await stage.got(402, 'POST', BUY, { key: poor.main.key.secret, body })).toEqual({
      code: 'insufficient_balance',
      message: 'Insufficient balance. Required: $1.25. Please add funds to continue.',
      details: { required: 125, available: 100 },
    });
    const capped = await stage.cast.account(stage.team, { name: 'Capped', creditLimit: 124 });
    expect(await stage.got(402, 'POST', BUY, { key: capped.key.secret, body })).toMatchObject({
      code: 'credit_limit_reached',
      details: { creditLimit: 124, totalSpent: 0, required: 125 },
    });
    expect((await buy(body)).status).toBe('active');
  });

  it('is not bought by who is suspended, nor by a test key', async () => {
    const body = { phoneNumber: await nextFree() };
    const test = await stage.cast.key(stage.team, account.id, 'test');
    expect(await stage.got(403, 'POST', BUY, { key: test.secret, body })).toMatchObject({
      code: 'forbidden',
    });
    const main = stage.team.main.key.secret;
    const suspended = { key: main, body: { status: 'inactive' } };
    await stage.got(200, 'PATCH', `/v1/sub-accounts/${account.id}`, suspended);
    expect(await stage.got(403, 'POST', BUY, { key, body })).toMatchObject({
      code: 'sub_account_inactive',
    });
    await stage.got(401, 'POST', BUY, { key: OPERATOR_KEY, body });
  });

  it('is named, assigned and taken away again; null clears', async () => {
    const { id, phoneNumber } = await buy({ phoneNumber: await nextFree(), name: 'Old' });
    const senderId = await stage.cast.sender(account.key);
    const url = `${BUY}/${id}`;
    const named = { name: 'New', senderId };
    expect(await stage.got(200, 'PATCH', url, { key, body: named })).toMatchObject({
      phoneNumber: { id, ...named },
    });
    expect(await stage.got(200, 'GET', `/v1/senders/${senderId}`, { key })).toMatchObject({
      phoneNumber,
      channels: ['sms'],
    });
    expect(await stage.got(400, 'DELETE', url, { key })).toMatchObject({
      code: 'bad_request',
      message: 'The phone number is assigned to a sender',
    });
    const cleared = { name: null, senderId: null };
    const after = await stage.got<{ phoneNumber: object }>(200, 'PATCH', url, {
      key,
      body: cleared,
    });
    expect(after.phoneNumber).not.toHaveProperty('name');
    expect(after.phoneNumber).not.toHaveProperty('senderId');
    expect(await stage.got(404, 'PATCH', url, { key, body: { senderId: 'snd_x' } })).toMatchObject({
      message: 'Sender not found.',
    });
  });

  it('is given back, and can be bought again', async () => {
    const { id, phoneNumber } = await buy({ phoneNumber: await nextFree() });
    await stage.got(204, 'DELETE', `${BUY}/${id}`, { key });
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(await stage.got(404, method, `${BUY}/${id}`, { key })).toMatchObject({
        message: 'Phone number not found.',
      });
    }
    expect((await buy({ phoneNumber })).id).not.toBe(id);
  });

  it('is listed, newest first, and by its status', async () => {
    const made: OwnedNumberView[] = [];
    for (let n = 0; n < 3; n += 1) made.push(await buy({ phoneNumber: await nextFree() }));
    const ids = made.map(({ id }) => id).reverse();
    await suspend(made[0]!.id);
    const list = async (query: string): Promise<unknown[]> => {
      const page = await stage.got<{ items: OwnedNumberView[] }>(200, 'GET', `${BUY}?${query}`, {
        key,
      });
      return page.items.map(({ id }) => id);
    };
    expect(await list('')).toEqual(ids);
    expect(await list('status=active')).toEqual(ids.slice(0, 2));
    expect(await list('status=suspended')).toEqual([ids[2]]);
    expect(await list('status=pending')).toEqual([]);
    const first = await stage.got<{ nextCursor: string }>(
      200,
      'GET',
      `${BUY}?status=active&limit=1`,
      { key },
    );
    expect(await list(`status=active&cursor=${first.nextCursor}`)).toEqual([ids[1]]);
    await stage.got(400, 'GET', `${BUY}?status=lost`, { key });
  });
});

/** As the service does that keeps numbers, when a month was not paid. */
async function suspend(numberId: string): Promise<void> {
  const { id: accountId } = account;
  const origin = { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', teamId: stage.team.id, at: stage.clock.now() };
  const data = { numberId, reason: 'insufficient_balance' };
  const command = { ...origin, accountId, type: 'SuspendNumber', data } as const;
  await stage.world.messaging.submit(accountId, [command]);
  // An answer of the gateway about the same stream makes later reads wait for it.
  const body = { name: 'Suspended' };
  await stage.got(200, 'PATCH', `${BUY}/${numberId}`, { key, body });
}
