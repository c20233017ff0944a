import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { anyText, clientOf, errorOf, isoTime, stageOn } from './support/clients';

jest.setTimeout(120_000);

describe('subAccounts of the official client', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(() => system.end());

  it('create answers every documented field, and the key this once', async () => {
    const { main } = await stageOn(system);
    const metadata = { plan: { tier: 2 }, tags: ['a'] };
    const asked = { name: 'Client A', externalId: 'a-1', creditLimit: 500, metadata };
    const { data, response } = await main.subAccounts.create(asked).withResponse();

    expect(response.status).toBe(201);
    expect(data).toEqual({
      subAccount: {
        id: anyText,
        name: 'Client A',
        status: 'active',
        totalSpent: 0,
        creditLimit: 500,
        externalId: 'a-1',
        metadata,
        apiKey: expect.stringMatching(/^tg_live_sub_/),
        createdAt: isoTime,
      },
    });
    const { subAccount } = await main.subAccounts.retrieve(data.subAccount.id);
    const rest: Partial<typeof data.subAccount> = { ...data.subAccount };
    delete rest.apiKey;
    expect(subAccount).toEqual(rest);
  });

  it('update changes what is given, clears a cap with null, and takes no body at all', async () => {
    const { main } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'B', creditLimit: 100 });
    const { id } = subAccount;

    const renamed = await main.subAccounts.update(id, { name: 'B2', metadata: { x: 1 } });
    expect(renamed.subAccount).toMatchObject({ name: 'B2', metadata: { x: 1 }, creditLimit: 100 });
    expect((await main.subAccounts.update(id, { creditLimit: null })).subAccount.creditLimit).toBe(
      null,
    );
    expect((await main.subAccounts.update(id, { creditLimit: 7 })).subAccount.creditLimit).toBe(7);
    expect((await main.subAccounts.update(id, { creditLimit: 0 })).subAccount.creditLimit).toBe(
      null,
    );
    const nothing = undefined as unknown as Zavudev.SubAccountUpdateParams;
    expect((await main.subAccounts.update(id, nothing)).subAccount.name).toBe('B2');
  });

  it('a suspended one reads but does not spend, until it is active again', async () => {
    const { main } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'C' });
    const own = clientOf(system.server.url, subAccount.apiKey!);
    await main.subAccounts.update(subAccount.id, { status: 'inactive' });

    const refused = await errorOf(own.messages.send({ to: '+14155550123', text: 'hi' }));
    expect(refused).toBeInstanceOf(Zavudev.PermissionDeniedError);
    expect(refused.error).toMatchObject({ code: 'sub_account_inactive' });
    expect(await own.balance.retrieve()).toMatchObject({ isSubAccount: true, totalSpent: 0 });

    await main.subAccounts.update(subAccount.id, { status: 'active' });
    await own.messages.send({ to: '+14155550123', text: 'hi' });
  });

  it('list pages through all, newest first', async () => {
    const { main } = await stageOn(system);
    const created: string[] = [];
    for (let made = 0; made < 5; made += 1) {
      created.push((await main.subAccounts.create({ name: `S${made}` })).subAccount.id);
    }
    const page = await main.subAccounts.list({ limit: 2 });
    expect(page.items).toHaveLength(2);
    expect(page.hasNextPage()).toBe(true);

    const listed: string[] = [];
    for await (const { id } of main.subAccounts.list({ limit: 2 })) listed.push(id);
    expect(listed).toEqual(created.reverse());
    const all = await main.subAccounts.list();
    expect(all.nextCursor).toBe('');
    expect(all.hasNextPage()).toBe(false);
  });

  it('getBalance and balance tell the team’s money and the account’s spending', async () => {
    const { main } = await stageOn(system, 1_000);
    const { subAccount } = await main.subAccounts.create({ name: 'D', creditLimit: 10 });
    const own = clientOf(system.server.url, subAccount.apiKey!);
    await own.messages.send({ to: '+14155550123', text: 'costs 0.75 cents' });

    const shown = {
      balance: 999,
      currency: 'usd',
      creditLimit: 10,
      totalSpent: 1,
      isSubAccount: true,
    };
    expect(await main.subAccounts.getBalance(subAccount.id)).toEqual(shown);
    expect(await own.balance.retrieve()).toEqual(shown);
    expect(await main.balance.retrieve()).toEqual({
      balance: 999,
      currency: 'usd',
      creditLimit: null,
      totalSpent: null,
      isSubAccount: false,
    });
  });

  it('deactivate revokes all keys, and twice changes nothing more', async () => {
    const { main } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'E' });
    await main.subAccounts.apiKeys.create(subAccount.id, { name: 'second' });
    const own = clientOf(system.server.url, subAccount.apiKey!);

    const { data, response } = await main.subAccounts.deactivate(subAccount.id).withResponse();
    expect(response.status).toBe(200);
    expect(data).toEqual({ message: 'Sub-account deactivated', keysRevoked: 2 });
    expect(await main.subAccounts.deactivate(subAccount.id)).toMatchObject({ keysRevoked: 0 });
    expect(await errorOf(own.balance.retrieve())).toBeInstanceOf(Zavudev.AuthenticationError);
    expect((await main.subAccounts.retrieve(subAccount.id)).subAccount.status).toBe('inactive');
  });

  it('belong to the main account’s keys: a sub-account’s key gets 403', async () => {
    const { main } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'F' });
    const { id } = subAccount;
    const { subAccounts } = clientOf(system.server.url, subAccount.apiKey!);

    const calls = [
      subAccounts.create({ name: 'x' }),
      subAccounts.retrieve(id),
      subAccounts.update(id, { name: 'x' }),
      subAccounts.list(),
      subAccounts.deactivate(id),
      subAccounts.getBalance(id),
      subAccounts.apiKeys.create(id, { name: 'x' }),
      subAccounts.apiKeys.list(id),
      subAccounts.apiKeys.revoke('k', { id }),
    ];
    for (const refused of await Promise.all(calls.map((call) => errorOf(call)))) {
      expect(refused).toBeInstanceOf(Zavudev.PermissionDeniedError);
      expect(refused.error).toMatchObject({ code: 'forbidden' });
    }
  });

  it('of another team do not exist', async () => {
    const { main } = await stageOn(system);
    const { main: stranger } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'G' });
    const { id } = subAccount;

    const calls = [
      stranger.subAccounts.retrieve(id),
      stranger.subAccounts.update(id, { name: 'mine' }),
      stranger.subAccounts.deactivate(id),
      stranger.subAccounts.getBalance(id),
      stranger.subAccounts.apiKeys.list(id),
    ];
    for (const missing of await Promise.all(calls.map((call) => errorOf(call)))) {
      expect(missing).toBeInstanceOf(Zavudev.NotFoundError);
    }
  });
});
