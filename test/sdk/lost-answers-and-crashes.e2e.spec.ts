import Zavudev from '@zavudev/sdk';
import { System, type Team } from '../e2e/support/system';
import { clientOf, errorOf, stageOn } from './support/clients';
import { LossyProxy, type Loss } from './support/lossy-proxy';

jest.setTimeout(240_000);

const near = { to: '+14155550123', text: 'Your code is 1234.' };
const OPENING_MICROS = 50_000_000;
const PRICE_MICROS = 7_500;

/** Enough for an answer on a busy machine, and soon over for one that never comes. */
const TIMEOUT_MS = 8_000;

const losses: readonly Loss[] = ['before the request arrives', 'after the answer was given'];

describe('an answer that is lost', () => {
  let system: System;
  let proxy: LossyProxy;
  let team: Team;
  let main: Zavudev;
  let lossy: Zavudev;
  let subAccountId: string;

  beforeAll(async () => {
    system = await System.start();
    proxy = await LossyProxy.to(system.server.url);
  });

  beforeEach(async () => {
    ({ team, main } = await stageOn(system));
    lossy = clientOf(proxy.url, team.main.api.key);
    subAccountId = (await main.subAccounts.create({ name: 'A' })).subAccount.id;
  });

  afterAll(async () => {
    await proxy.close();
    await system.end();
  });

  async function crash(): Promise<void> {
    await system.server.kill();
    await system.server.start();
  }

  async function spentMicros(): Promise<number> {
    return OPENING_MICROS - (await system.team(team)).balanceMicros;
  }

  /** The call is tried twice, and every answer that was given is the one that arrived. */
  async function triedTwice<Answered>(
    loss: Loss,
    call: () => Promise<Answered>,
  ): Promise<Answered> {
    proxy.lose([loss], crash);
    const answered = await call();
    expect(proxy.retryCounts).toEqual(['0', '1']);
    for (const body of proxy.lost) expect(JSON.parse(body)).toEqual(answered);
    return answered;
  }

  describe.each(losses)('%s, to a system that is killed before the retry', (loss) => {
    it('makes one sub-account, whose key works', async () => {
      const { subAccount } = await triedTwice(loss, () => lossy.subAccounts.create({ name: 'B' }));
      const listed = (await main.subAccounts.list()).items.map(({ id }) => id);
      expect(listed).toEqual([subAccount.id, subAccountId]);
      const own = clientOf(system.server.url, subAccount.apiKey!);
      expect((await own.me.retrieve()).project.id).toBe(subAccount.id);
    });

    it('issues one key, which works', async () => {
      const { apiKeys } = lossy.subAccounts;
      const { apiKey } = await triedTwice(loss, () =>
        apiKeys.create(subAccountId, { name: 'Second', environment: 'test' }),
      );
      const { items } = await main.subAccounts.apiKeys.list(subAccountId);
      expect(items.map(({ id }) => id)).toEqual([apiKey.id, expect.any(String)]);
      const own = clientOf(system.server.url, apiKey.key);
      expect(await own.me.retrieve()).toMatchObject({
        apiKey: { id: apiKey.id },
        isTestMode: true,
      });
    });

    it.each([
      ['with', { ...near, idempotencyKey: 'order-7' }],
      ['without', near],
    ])('charges one message, %s an idempotency key', async (_, message) => {
      const sent = await triedTwice(loss, () => lossy.messages.send(message));
      const listed = (await main.messages.list()).items.map(({ id }) => id);
      expect(listed).toEqual([sent.message.id]);
      expect(await spentMicros()).toBe(PRICE_MICROS);
    });

    it('deactivates once, and tells how many keys were revoked', async () => {
      await main.subAccounts.apiKeys.create(subAccountId, { name: 'Second' });
      const answered = await triedTwice(loss, () => lossy.subAccounts.deactivate(subAccountId));
      expect(answered).toEqual({ message: 'Sub-account deactivated', keysRevoked: 2 });
      expect(await main.subAccounts.deactivate(subAccountId)).toMatchObject({ keysRevoked: 0 });
    });

    it('updates and revokes as if nothing had been lost', async () => {
      const changed = { name: 'C', creditLimit: 70, status: 'inactive' } as const;
      const updated = await triedTwice(loss, () => lossy.subAccounts.update(subAccountId, changed));
      expect(updated.subAccount).toMatchObject(changed);
      const { apiKeys } = lossy.subAccounts;
      const [key] = (await main.subAccounts.apiKeys.list(subAccountId)).items;
      proxy.lose([loss]);
      await apiKeys.revoke(key!.id, { id: subAccountId });
      expect(proxy.retryCounts).toEqual(['0', '1']);
      const [revoked] = (await main.subAccounts.apiKeys.list(subAccountId)).items;
      expect(revoked).toMatchObject({ id: key!.id, revokedAt: expect.any(Number) });
    });
  });

  it('twice in a row, of a deactivation, tells the first number', async () => {
    for (const plan of [losses, ['after the answer was given', 'after the answer was given']]) {
      const { subAccount } = await main.subAccounts.create({ name: 'B' });
      proxy.lose(plan as Loss[]);
      const answered = await lossy.subAccounts.deactivate(subAccount.id);
      expect(proxy.retryCounts).toEqual(['0', '1', '2']);
      expect(answered.keysRevoked).toBe(1);
    }
  });

  it('because it takes too long makes one of everything', async () => {
    const hasty = clientOf(proxy.url, team.main.api.key, { timeout: TIMEOUT_MS });
    const forEver: Loss[] = ['as if the answer took for ever'];
    proxy.lose(forEver);
    const { subAccount } = await hasty.subAccounts.create({ name: 'B' });
    expect((await main.subAccounts.list()).items).toHaveLength(2);
    proxy.lose(forEver);
    const { message } = await hasty.messages.send(near);
    expect((await main.messages.list()).items.map(({ id }) => id)).toEqual([message.id]);
    expect(await spentMicros()).toBe(PRICE_MICROS);
    expect(subAccount.apiKey).toMatch(/^tg_live_sub_/);
  });

  /** The client does not try again once it has read the head of an answer. */
  it('amid its body is the caller’s to ask for again, by the idempotency key', async () => {
    const keyed = { ...near, idempotencyKey: 'order-7' };
    proxy.lose(['amid the answer']);
    await expect(lossy.messages.send(keyed)).rejects.toThrow();
    expect(proxy.retryCounts).toEqual(['0']);
    const error = await errorOf(lossy.messages.send(keyed));
    expect(error).toBeInstanceOf(Zavudev.ConflictError);
    const [message] = (await main.messages.list()).items;
    expect(error.error).toMatchObject({ details: { message: { id: message!.id } } });
    expect(await spentMicros()).toBe(PRICE_MICROS);
  });

  it('of a refusal is refused again, and changes nothing', async () => {
    await main.subAccounts.update(subAccountId, { creditLimit: 1 });
    const { apiKey } = await main.subAccounts.apiKeys.create(subAccountId, { name: 'Second' });
    const own = clientOf(proxy.url, apiKey.key);
    await own.messages.send(near);
    proxy.lose(['after the answer was given']);
    expect((await errorOf(own.messages.send({ ...near, text: 'Another' }))).status).toBe(402);
    expect(proxy.retryCounts).toEqual(['0', '1']);
    expect(await spentMicros()).toBe(PRICE_MICROS);
  });
});
