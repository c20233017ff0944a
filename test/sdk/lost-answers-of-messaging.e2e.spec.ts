import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, type Account } from './support/accounts';
import { clientOf } from './support/clients';
import { LossyProxy, type Loss } from './support/lossy-proxy';
import { ownNumber, unsoldNumber } from './support/number-supply';

jest.setTimeout(180_000);

const before: Loss = 'before the request arrives';
const after: Loss = 'after the answer was given';
const plans: readonly (readonly Loss[])[] = [[before], [after], [after, after], [before, after]];

const sms = { channel: 'sms', identifier: '+14155550100' } as const;
const webhookUrl = 'https://example.com/hook';

/** An account whose client loses what it is told to lose. */
interface Lossy extends Account {
  readonly proxy: LossyProxy;
  /** The same account over a sound connection. */
  readonly sound: Zavudev;
}

describe('a lost answer about contacts, senders and numbers', () => {
  let system: System;
  const proxies: LossyProxy[] = [];

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await system.end();
  });

  async function lossy(): Promise<Lossy> {
    const account = await accountOn(system);
    const proxy = await LossyProxy.to(system.server.url);
    proxies.push(proxy);
    const own = clientOf(proxy.url, account.own.apiKey);
    return { ...account, own, sound: account.own, proxy };
  }

  /** What the client gets in the end, which is what each lost answer said. */
  async function lost<Answer>(
    { proxy }: Lossy,
    plan: readonly Loss[],
    call: () => Promise<Answer>,
    afterwards?: () => Promise<void>,
  ): Promise<Answer> {
    proxy.lose(plan, afterwards);
    const answer = await call();
    expect(proxy.retryCounts).toEqual(['0', '1', '2'].slice(0, plan.length + 1));
    const bodies = proxy.lost.map((body) => (body === '' ? null : (JSON.parse(body) as unknown)));
    for (const body of bodies) expect(body).toEqual(answer);
    return answer;
  }

  it.each(plans)('is given again, and nothing is made twice: %s %s', async (...given) => {
    const plan = given.filter(Boolean);
    const contact = async (): Promise<void> => {
      const account = await lossy();
      const create = { channels: [sms], displayName: 'Ann', metadata: { a: 'b' } };
      const made = await lost(account, plan, () => account.own.contacts.create(create));
      expect((await account.sound.contacts.list()).items).toStrictEqual([made]);
    };
    const channel = async (): Promise<void> => {
      const account = await lossy();
      const { id } = await account.sound.contacts.create({ channels: [sms] });
      const more = { channel: 'email', identifier: 'ann@example.com' } as const;
      const made = await lost(account, plan, () => account.own.contacts.channels.add(id, more));
      const { channels } = await account.sound.contacts.retrieve(id);
      expect(channels!.slice(1)).toStrictEqual([made.channel]);
    };
    const sender = async (): Promise<void> => {
      const account = await lossy();
      const create = { name: 'A', webhookUrl };
      const made = await lost(account, plan, () => account.own.senders.create(create));
      expect(made.webhook!.secret).toMatch(/^whsec_/);
      const { items } = await account.sound.senders.list();
      expect(items.map(({ id }) => id)).toEqual([made.id]);
    };
    const number = async (): Promise<void> => {
      const account = await lossy();
      const phoneNumber = await unsoldNumber(account.sound);
      const purchase = { phoneNumber, name: 'Support' };
      const made = await lost(account, plan, () => account.own.phoneNumbers.purchase(purchase));
      expect((await account.sound.phoneNumbers.list()).items).toStrictEqual([made.phoneNumber]);
      const money = { balance: 4_875, totalSpent: 125 };
      expect(await account.sound.balance.retrieve()).toMatchObject(money);
    };
    await Promise.all([contact(), channel(), sender(), number()]);
  });

  it('is given again for what was changed', async () => {
    const account = await lossy();
    const { own, sound } = account;
    const { id } = await sound.senders.create({ name: 'A' });
    const update = { webhookUrl, name: 'B' };
    const updated = await lost(account, [after], () => own.senders.update(id, update));
    const first = updated.webhook!.secret;
    expect(first).toMatch(/^whsec_/);
    const regenerate = (): Promise<{ secret: string }> => own.senders.regenerateWebhookSecret(id);
    const { secret } = await lost(account, [after, after], regenerate);
    expect(secret).not.toBe(first);
    const number = await ownNumber(sound);
    const assign = { senderId: id, name: 'C' };
    await lost(account, [after], () => own.phoneNumbers.update(number.id, assign));
  });

  it('is given again for what is gone by then', async () => {
    const account = await lossy();
    const { own, sound } = account;
    const target = await sound.contacts.create({ channels: [sms] });
    const source = await sound.contacts.create({
      channels: [
        { channel: 'sms', identifier: '+14155550101' },
        { channel: 'email', identifier: 'ann@example.com' },
      ],
    });
    const merge = { sourceContactId: source.id };
    const merged = await lost(account, [after], () => own.contacts.merge(target.id, merge));
    expect(merged.channels).toHaveLength(3);
    const [{ id: channelId }] = merged.channels as [Zavudev.ContactChannel];
    const named = { contactId: target.id };
    await lost(account, [after], () => own.contacts.channels.setPrimary(channelId, named));
    await lost(account, [after], () => own.contacts.channels.remove(channelId, named));
    await lost(account, [after], () => own.contacts.delete(target.id));
    await sound.senders.create({ name: 'Default' });
    const { id } = await sound.senders.create({ name: 'Goes' });
    await lost(account, [after], () => own.senders.delete(id));
    const number = await ownNumber(sound);
    await lost(account, [after], () => own.phoneNumbers.release(number.id));
    expect((await sound.contacts.list()).items).toEqual([]);
    expect((await sound.phoneNumbers.list()).items).toEqual([]);
  });

  it('is given again by a system that was killed in between', async () => {
    const restart = async (): Promise<void> => {
      await system.server.kill();
      await system.server.start();
    };
    const account = await lossy();
    const { own, sound } = account;
    const phoneNumber = await unsoldNumber(sound);
    const { id } = await sound.contacts.create({ channels: [sms] });
    await lost(account, [after], () => own.phoneNumbers.purchase({ phoneNumber }), restart);
    expect((await sound.phoneNumbers.list()).items).toHaveLength(1);
    expect((await sound.balance.retrieve()).totalSpent).toBe(125);
    await lost(account, [after], () => own.contacts.delete(id), restart);
    expect((await sound.contacts.list()).items).toEqual([]);
  });

  it('is not what a deliberate second request gets', async () => {
    const account = await lossy();
    const { sound } = account;
    await sound.senders.create({ name: 'A' });
    await sound.senders.create({ name: 'A' });
    expect((await sound.senders.list()).items).toHaveLength(2);
  });
});
