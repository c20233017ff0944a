import { setTimeout as delay } from 'node:timers/promises';
import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, type Account, type AccountOptions } from './support/accounts';
import { anyText, clientOf, errorOf, isoTime } from './support/clients';
import { pagesOf, rawPageOf } from './support/pages';
import { expectInvalid } from './support/refusals';
import { expectShape } from './support/shape';
import { message as messageShape, messageAnswer } from './support/shapes';

jest.setTimeout(120_000);

const near = { to: '+14155550123', text: 'Your code is 1234.' };

describe('messages of the official client', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(() => system.end());

  const account = (options?: AccountOptions): Promise<Account> => accountOn(system, options);

  it('send answers 202 with every documented field, costs in dollars', async () => {
    const { own } = await account();
    const asked = { ...near, metadata: { order: '7' } };
    const { data, response } = await own.messages.send(asked).withResponse();

    expect(response.status).toBe(202);
    expect(expectShape(data, messageAnswer)).toEqual({
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

    const pages = await pagesOf(own.messages.list({ channel: 'sms', limit: 2 }), messageShape);
    expect(pages.flat().map(({ id }) => id)).toEqual(ids.reverse());
    const delivered = await own.messages.list({ status: 'delivered', to: near.to });
    expect(delivered.items).toHaveLength(5);
    expect((await own.messages.list({ status: 'received' })).items).toEqual([]);
    const { items, nextCursor } = await rawPageOf(
      own.messages.list({ channel: 'email' }),
      messageShape,
    );
    expect(items.map(({ channel }) => channel)).toEqual(['email']);
    expect(nextCursor).toBeNull();
  });

  it('list takes any filters together, and page after page of each', async () => {
    const { own } = await account();
    const sent = async (to: string, channel: 'sms' | 'voice'): Promise<string> =>
      (await own.messages.send({ to, channel, text: 'Hello' })).message.id;
    const [ann, bob] = ['+14155550101', '+14155550102'];
    const [first, second] = [await sent(ann, 'sms'), await sent(ann, 'voice')];
    const [third, lost] = [await sent(bob, 'sms'), await sent('+15005550001', 'sms')];
    for (const id of [first, second, third, lost]) await settled(own, id);
    for (const [query, ids] of [
      [{ to: ann }, [second, first]],
      [{ to: ann, channel: 'sms' }, [first]],
      [{ status: 'delivered' }, [third, second, first]],
      [{ status: 'delivered', channel: 'sms' }, [third, first]],
      [{ status: 'failed' }, [lost]],
      [{ status: 'failed', to: ann }, []],
      [{ status: 'queued' }, []],
    ] as const) {
      const pages = await pagesOf(own.messages.list({ ...query, limit: 1 }), messageShape);
      expect({ query, ids: pages.flat().map(({ id }) => id) }).toEqual({ query, ids });
    }
    const wrong = { status: 'lost', channel: 'auto', limit: 101 } as object;
    await expectInvalid(own.messages.list(wrong), 'status', 'channel', 'limit');
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

  async function settled(client: Zavudev, id: string) {
    for (;;) {
      const { message } = expectShape(await client.messages.retrieve(id), messageAnswer);
      if (message.status === 'delivered' || message.status === 'failed') return message;
      await delay(20);
    }
  }
});
