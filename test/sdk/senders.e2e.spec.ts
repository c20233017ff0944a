import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, strangerOn, type Account } from './support/accounts';
import { ownNumber } from './support/number-supply';
import { pagesOf, rawPageOf } from './support/pages';
import {
  badRequest,
  expectInvalid,
  expectRefused,
  notFound,
  unauthorized,
} from './support/refusals';
import { expectShape } from './support/shape';
import { sender as senderShape, senderWithSecret } from './support/shapes';

jest.setTimeout(120_000);

const noSender = notFound('Sender not found.');

describe('senders of the official client', () => {
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

  const create = (name: string, more: object = {}): Promise<Zavudev.Sender> =>
    own.senders.create({ name, ...more });
  const defaultsOf = async (): Promise<readonly string[]> => {
    const { items } = await own.senders.list();
    return items.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  };

  it('create answers 201 with every field, and retrieve the same but for the secret', async () => {
    const { phoneNumber } = await ownNumber(own);
    const creating = own.senders.create({
      name: 'Support',
      phoneNumber,
      enableSmsOneway: true,
      enableVoice: true,
      emailAddress: 'support@example.com',
      emailFromName: 'Support',
      emailReceivingEnabled: true,
      webhookUrl: 'https://example.com/hook',
    });
    const { data, response } = await creating.withResponse();
    expect(response.status).toBe(201);
    expectShape(data, senderWithSecret);
    const { secret, ...webhook } = data.webhook!;
    expect(secret).toMatch(/^whsec_/);
    expect(data).toMatchObject({
      name: 'Support',
      phoneNumber,
      channels: ['sms', 'sms_oneway', 'voice', 'email'],
      isDefault: true,
      emailAddress: 'support@example.com',
      emailReceivingEnabled: true,
    });
    expect(webhook).toStrictEqual({
      url: 'https://example.com/hook',
      events: ['message.queued', 'message.sent', 'message.delivered', 'message.failed'],
      active: true,
      signatureVersion: 'v2',
    });
    const shown = { ...data, webhook };
    expect(expectShape(await own.senders.retrieve(data.id), senderShape)).toStrictEqual(shown);
    expect((await own.senders.list()).items).toStrictEqual([shown]);
  });

  it('create takes a name alone: such a sender can send nothing yet', async () => {
    const bare = expectShape(await create('Bare'), senderShape);
    const none = { phoneNumber: '', channels: [], isDefault: true };
    const { id, createdAt, updatedAt } = bare;
    expect(bare).toStrictEqual({ id, name: 'Bare', ...none, createdAt, updatedAt });
  });

  it('create refuses what breaks a rule, and names it', async () => {
    await expectInvalid(own.senders.create({} as Zavudev.SenderCreateParams), 'name');
    for (const [field, value] of [
      ['phoneNumber', '4155550100'],
      ['emailAddress', 'nobody'],
      ['emailFromName', 'x'.repeat(101)],
      ['setAsDefault', 1],
      ['webhookUrl', 'example.com'],
      ['webhookSignatureVersion', 'v3'],
      ['webhookEvents', ['message.lost']],
      ['emailCatchAllEnabled', true],
    ] as const) {
      await expectInvalid(create('A', { [field]: value }), field);
    }
    await expectInvalid(create('A', { webhookEvents: ['message.sent'] }), 'webhookUrl');
    expect((await own.senders.list()).items).toEqual([]);
  });

  it('update changes what it names, and takes an empty body', async () => {
    const { id, createdAt } = await create('Old');
    const update = (body?: Zavudev.SenderUpdateParams): Promise<Zavudev.Sender> =>
      own.senders.update(id, body as Zavudev.SenderUpdateParams);
    const changed = await update({
      name: 'New',
      enableSmsOneway: true,
      emailAddress: 'new@example.com',
      emailCatchAllEnabled: true,
      emailReceivingEnabled: false,
    });
    expect(expectShape(changed, senderShape)).toMatchObject({
      id,
      name: 'New',
      channels: ['sms_oneway', 'email'],
      emailAddress: 'new@example.com',
      emailCatchAllEnabled: true,
      emailReceivingEnabled: false,
      createdAt,
    });
    expect(await update()).toStrictEqual(changed);
    expect(await own.senders.retrieve(id)).toStrictEqual(changed);
    expect((await update({ enableSmsOneway: false })).channels).toEqual(['email']);
    await expectInvalid(
      update({ name: '', phoneNumber: '+14155550100' } as object),
      'name',
      'phoneNumber',
    );
    await expectRefused(
      update({ enableVoice: true }),
      badRequest('The voice channel needs a phone number'),
    );
  });

  it('one sender of an account is the default: the first, until another is made it', async () => {
    const first = await create('First');
    const second = await create('Second');
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    expect((await own.senders.update(second.id, { setAsDefault: true })).isDefault).toBe(true);
    expect(await defaultsOf()).toEqual(['Second']);
    await create('Third', { setAsDefault: true });
    expect(await defaultsOf()).toEqual(['Third']);
    const cannot = badRequest('Cannot delete default sender');
    const { id } = (await own.senders.list()).items[0]!;
    await expectRefused(own.senders.delete(id), cannot);
    await own.senders.update(id, { setAsDefault: false });
    expect(await defaultsOf()).toEqual(['Third']);
  });

  it('delete answers 204, and the number of the sender is free for another', async () => {
    await create('Default');
    const { phoneNumber, id: numberId } = await ownNumber(own);
    const { id } = await create('Goes', { phoneNumber });
    const { data, response } = await own.senders.delete(id).withResponse();
    expect({ data, status: response.status }).toEqual({ data: null, status: 204 });
    await expectRefused(own.senders.delete(id), noSender);
    await expectRefused(own.senders.retrieve(id), noSender);
    const number = await own.phoneNumbers.retrieve(numberId);
    expect(number.phoneNumber).not.toHaveProperty('senderId');
    expect((await create('Next', { phoneNumber })).phoneNumber).toBe(phoneNumber);
  });

  it('a phone number must be the account’s own, and no other sender’s', async () => {
    const notOwned = badRequest('This account does not own the phone number');
    await expectRefused(create('A', { phoneNumber: '+14155550100' }), notOwned);
    const { phoneNumber } = await ownNumber(account.main);
    await expectRefused(create('A', { phoneNumber }), notOwned);
    await expectRefused(
      create('A', { enableVoice: true }),
      badRequest('The voice channel needs a phone number'),
    );
    const mine = await ownNumber(own);
    expect(await create('A', { phoneNumber: mine.phoneNumber })).toMatchObject({
      channels: ['sms'],
    });
    await expectRefused(
      create('B', { phoneNumber: mine.phoneNumber }),
      badRequest('The phone number is assigned to a sender'),
    );
  });

  it('list pages, the newest first, and ends with a null', async () => {
    for (const name of ['A', 'B', 'C']) await create(name);
    const pages = await pagesOf(own.senders.list({ limit: 2 }), senderShape);
    expect(pages.map((page) => page.map(({ name }) => name).join(''))).toEqual(['CB', 'A']);
    expect((await rawPageOf(own.senders.list({ limit: 3 }), senderShape)).nextCursor).toBeNull();
    await expectInvalid(own.senders.list({ limit: 0 }), 'limit');
    expect((await account.main.senders.list()).items).toEqual([]);
  });

  const calls: readonly [string, (client: Zavudev, id: string) => Promise<unknown>][] = [
    ['retrieve', ({ senders }, id) => senders.retrieve(id)],
    ['update', ({ senders }, id) => senders.update(id, { name: 'B' })],
    ['delete', ({ senders }, id) => senders.delete(id)],
    ['regenerateWebhookSecret', ({ senders }, id) => senders.regenerateWebhookSecret(id)],
  ];

  it.each(calls)('%s: 404 for a sender that is none of the account’s', async (_, call) => {
    const { id } = await create('A', { webhookUrl: 'https://example.com/hook' });
    await expectRefused(call(own, 'snd_none'), noSender);
    await expectRefused(call(account.main, id), noSender);
    expect((await own.senders.retrieve(id)).name).toBe('A');
  });

  it.each([
    ...calls,
    ['create', ({ senders }: Zavudev) => senders.create({ name: 'A' })],
    ['list', ({ senders }: Zavudev) => senders.list()],
  ] as typeof calls)('%s: 401 for a key that nobody has', async (_, call) => {
    await expectRefused(call(strangerOn(system), 'snd_none'), unauthorized);
  });
});
