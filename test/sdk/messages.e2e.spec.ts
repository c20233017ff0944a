import { setTimeout as delay } from 'node:timers/promises';
import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { anyText, clientOf, errorOf, isoTime, stageOn } from './support/clients';

jest.setTimeout(120_000);

const near = { to: '+14155550123', text: 'Your code is 1234.' };

describe('messages of the official client', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(() => system.end());

  async function account(options: { balance?: number; creditLimit?: number } = {}) {
    const { main } = await stageOn(system, options.balance ?? 5_000);
    const { creditLimit } = options;
    const { subAccount } = await main.subAccounts.create({
      name: 'A',
      ...(creditLimit === undefined ? {} : { creditLimit }),
    });
    return { main, id: subAccount.id, own: clientOf(system.server.url, subAccount.apiKey!) };
  }

  it('send answers 202 with every documented field, costs in dollars', async () => {
    const { own } = await account();
    const asked = { ...near, metadata: { order: '7' } };
    const { data, response } = await own.messages.send(asked).withResponse();

    expect(response.status).toBe(202);
    expect(data).toEqual({
      message: {
        id: anyText,
        to: near.to,
        text: near.text,
        metadata: { order: '7' },
        channel: 'sms',
        messageType: 'text',
        status: 'queued',
        direction: 'outbound',
        cost: 0.0075,
        costProvider: null,
        costTotal: 0.0075,
        errorCode: null,
        errorMessage: null,
        createdAt: isoTime,
        updatedAt: isoTime,
      },
    });
  });

  it('retrieve follows a message to its end', async () => {
    const { own } = await account();
    const { message } = await own.messages.send(near);
    const delivered = await settled(own, message.id);
    expect(delivered).toMatchObject({ status: 'delivered', providerMessageId: anyText });
  });

  it('a failed message is refunded and costs nothing', async () => {
    const { own } = await account({ creditLimit: 1 });
    const { message } = await own.messages.send({ ...near, to: '+15005550001' });
    expect(await settled(own, message.id)).toMatchObject({
      status: 'failed',
      errorCode: 'invalid_number',
      costTotal: 0,
    });
    while ((await own.balance.retrieve()).totalSpent !== 0) await delay(20);
    await own.messages.send(near);
  });

  it('list filters and pages, newest first', async () => {
    const { own } = await account();
    const ids: string[] = [];
    for (let sent = 0; sent < 5; sent += 1) {
      ids.push((await own.messages.send({ ...near, text: `no. ${sent}` })).message.id);
    }
    await own.messages.send({ to: 'a@example.com', subject: 'Hi', text: 'mail' });
    await Promise.all(ids.map((id) => settled(own, id)));

    const listed: string[] = [];
    for await (const { id } of own.messages.list({ channel: 'sms', limit: 2 })) listed.push(id);
    expect(listed).toEqual(ids.reverse());
    const delivered = await own.messages.list({ status: 'delivered', to: near.to });
    expect(delivered.items).toHaveLength(5);
    expect((await own.messages.list({ status: 'received' })).items).toEqual([]);
    const mails = await own.messages.list({ channel: 'email' });
    expect(mails.items.map(({ channel }) => channel)).toEqual(['email']);
  });

  it('a cap blocks with 402 and the numbers, in one attempt', async () => {
    const { own } = await account({ creditLimit: 1 });
    await own.messages.send(near);
    const refused = await errorOf(own.messages.send(near));
    expect(refused.status).toBe(402);
    expect(refused.error).toMatchObject({
      code: 'credit_limit_reached',
      details: { creditLimit: 1, totalSpent: 0.75, required: 0.75 },
    });
  });

  it('an empty balance blocks with 402 and the numbers', async () => {
    const { own } = await account({ balance: 1 });
    await own.messages.send(near);
    const refused = await errorOf(own.messages.send(near));
    expect(refused.status).toBe(402);
    expect(refused.error).toMatchObject({
      code: 'insufficient_balance',
      details: { required: 0.75, available: 0.25 },
    });
  });

  it('the same idempotency key again is 409 with the first message, and charges once', async () => {
    const { own } = await account();
    const keyed = { ...near, idempotencyKey: 'order-1' };
    const { message } = await own.messages.send(keyed);
    const conflict = await errorOf(own.messages.send(keyed));
    expect(conflict).toBeInstanceOf(Zavudev.ConflictError);
    expect(conflict.error).toMatchObject({
      code: 'idempotency_conflict',
      details: { message: { id: message.id } },
    });
    expect(conflict.headers?.get('x-should-retry')).toBe('false');

    const reused = await errorOf(own.messages.send({ ...keyed, text: 'another' }));
    expect(reused).toBeInstanceOf(Zavudev.UnprocessableEntityError);
    expect((await own.balance.retrieve()).totalSpent).toBe(1);
  });

  it('a test key’s messages arrive and cost nothing', async () => {
    const { main, id } = await account();
    const { apiKey } = await main.subAccounts.apiKeys.create(id, {
      name: 'test',
      environment: 'test',
    });
    const test = clientOf(system.server.url, apiKey.key!);
    const { message } = await test.messages.send(near);
    expect(message.cost).toBe(0);
    expect(await settled(test, message.id)).toMatchObject({ status: 'delivered' });
    expect((await test.balance.retrieve()).totalSpent).toBe(0);
  });

  it('another account’s message does not exist', async () => {
    const { own, main } = await account();
    const { own: stranger } = await account();
    const { message } = await own.messages.send(near);
    for (const other of [stranger, main]) {
      const missing = await errorOf(other.messages.retrieve(message.id));
      expect(missing).toBeInstanceOf(Zavudev.NotFoundError);
      expect((await other.messages.list()).items).toEqual([]);
    }
  });

  it('what is not offered is a flat 404', async () => {
    const { main } = await account();
    for (const resource of [main.templates, main.broadcasts, main.contacts]) {
      const missing = await errorOf(Promise.resolve(resource.list()));
      expect(missing).toBeInstanceOf(Zavudev.NotFoundError);
      expect(missing.error).toMatchObject({ code: 'not_found', message: anyText });
    }
  });

  async function settled(client: Zavudev, id: string) {
    for (;;) {
      const { message } = await client.messages.retrieve(id);
      if (message.status === 'delivered' || message.status === 'failed') return message;
      await delay(20);
    }
  }
});
