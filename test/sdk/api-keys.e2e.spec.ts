import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { anyText, clientOf, errorOf, stageOn } from './support/clients';

jest.setTimeout(120_000);

describe('subAccounts.apiKeys of the official client', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(() => system.end());

  it('create shows the secret once, list shows the rest, with times in Unix ms', async () => {
    const { main } = await stageOn(system);
    const { id } = (await main.subAccounts.create({ name: 'A' })).subAccount;
    const { apiKeys } = main.subAccounts;
    const asked = { name: 'CI', environment: 'test', permissions: ['send'] } as const;
    const { data, response } = await apiKeys
      .create(id, { ...asked, permissions: [...asked.permissions] })
      .withResponse();

    expect(response.status).toBe(201);
    expect(data).toEqual({
      apiKey: {
        id: anyText,
        key: expect.stringMatching(/^tg_test_sub_/),
        name: 'CI',
        environment: 'test',
      },
    });
    const { items } = await apiKeys.list(id);
    expect(items).toHaveLength(2);
    expect(items[0]).toEqual({
      id: data.apiKey.id,
      name: 'CI',
      keyPrefix: data.apiKey.key!.slice(0, 'tg_test_sub_'.length + 6),
      environment: 'test',
      permissions: ['send'],
      createdAt: expect.any(Number),
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(Math.abs(items[0]!.createdAt - Date.now())).toBeLessThan(60_000);
  });

  it('revoke answers 204, stops the key, and leaves it in the list', async () => {
    const { main } = await stageOn(system);
    const { id } = (await main.subAccounts.create({ name: 'B' })).subAccount;
    const { apiKeys } = main.subAccounts;
    const { apiKey } = await apiKeys.create(id, { name: 'leaked' });
    const own = clientOf(system.server.url, apiKey.key!);
    await own.me.retrieve();

    const { response } = await apiKeys.revoke(apiKey.id, { id }).withResponse();
    expect(response.status).toBe(204);
    expect(await errorOf(own.me.retrieve())).toBeInstanceOf(Zavudev.AuthenticationError);
    const listed = (await apiKeys.list(id)).items.find((key) => key.id === apiKey.id);
    expect(listed?.revokedAt).toEqual(expect.any(Number));
    expect(await errorOf(apiKeys.revoke('key_unknown', { id }))).toBeInstanceOf(
      Zavudev.NotFoundError,
    );
  });

  it('me tells whose key it is, and in which mode', async () => {
    const { main, team } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'C' });
    const { apiKey } = await main.subAccounts.apiKeys.create(subAccount.id, {
      name: 'test',
      environment: 'test',
    });
    expect(await clientOf(system.server.url, apiKey.key!).me.retrieve()).toEqual({
      project: { id: subAccount.id, name: 'C', isSubAccount: true },
      team: { id: team.id, name: 'Acme' },
      apiKey: { id: apiKey.id },
      isTestMode: true,
    });
    expect(await main.me.retrieve()).toEqual({
      project: { id: team.main.id, name: 'Acme', isSubAccount: false },
      team: { id: team.id, name: 'Acme' },
      apiKey: { id: team.keyId },
      isTestMode: false,
    });
  });

  it('mistyped, unknown and missing keys are told apart from nothing: 401', async () => {
    for (const key of ['tg_live_0', 'zv_live_x', `tg_live_${'0'.repeat(38)}`]) {
      const refused = await errorOf(clientOf(system.server.url, key).balance.retrieve());
      expect(refused).toBeInstanceOf(Zavudev.AuthenticationError);
      expect(refused.error).toEqual({
        code: 'unauthorized',
        message: 'Invalid or missing API key.',
      });
    }
  });
});
