import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn } from './support/accounts';
import { badRequest, expectInvalid, expectRefused } from './support/refusals';
import { expectShape } from './support/shape';
import { secretAnswer, sender as senderShape, senderWithSecret } from './support/shapes';

jest.setTimeout(120_000);

const webhookUrl = 'https://example.com/hook';
const noWebhook = badRequest('This sender has no webhook');

describe('webhooks of senders of the official client', () => {
  let system: System;
  let own: Zavudev;

  beforeAll(async () => {
    system = await System.start();
    ({ own } = await accountOn(system));
  });

  afterAll(() => system.end());

  const create = (more: object = {}): Promise<Zavudev.Sender> =>
    own.senders.create({ name: 'A', ...more });

  it('the secret is shown when it is made, and never again', async () => {
    const { id, webhook } = expectShape(await create({ webhookUrl }), senderWithSecret);
    const renamed = { name: 'B', webhookUrl: 'https://example.com/other', webhookActive: false };
    const updated = await own.senders.update(id, renamed);
    expect(expectShape(updated, senderShape)).toMatchObject({
      name: 'B',
      webhook: { url: renamed.webhookUrl, active: false, events: webhook!.events },
    });
    expectShape(await own.senders.retrieve(id), senderShape);
    (await own.senders.list()).items.forEach((each) => expectShape(each, senderShape));

    const regenerated = own.senders.regenerateWebhookSecret(id);
    const { data, response } = await regenerated.withResponse();
    expect(response.status).toBe(200);
    expect(expectShape(data, secretAnswer).secret).not.toBe(webhook!.secret);
    expectShape(await own.senders.retrieve(id), senderShape);
  });

  it('the update that first gives a sender a webhook shows its secret as well', async () => {
    const { id } = await create();
    const given = await own.senders.update(id, { webhookUrl });
    const { secret } = expectShape(given, senderWithSecret).webhook!;

    const without = expectShape(await own.senders.update(id, { webhookUrl: null }), senderShape);
    expect(without).not.toHaveProperty('webhook');
    await expectRefused(own.senders.regenerateWebhookSecret(id), noWebhook);
    const again = await own.senders.update(id, { webhookUrl });
    expect(expectShape(again, senderWithSecret).webhook!.secret).not.toBe(secret);
  });

  it('a webhook that is not there has no settings', async () => {
    const { id } = await create();
    await expectRefused(own.senders.regenerateWebhookSecret(id), noWebhook);
    for (const body of [
      { webhookActive: true },
      { webhookEvents: ['message.sent' as const] },
      { webhookSignatureVersion: 'v1' as const },
    ]) {
      await expectRefused(own.senders.update(id, body), noWebhook);
    }
  });

  it('events and signature version are as asked; no step of versions is left out', async () => {
    const asked = { webhookEvents: ['message.failed', 'call.completed'], webhookUrl };
    const { id, webhook } = await create({ ...asked, webhookSignatureVersion: 'v1' });
    expect(webhook).toMatchObject({ events: asked.webhookEvents, signatureVersion: 'v1' });
    const step = (webhookSignatureVersion: 'v1' | 'v1+v2' | 'v2'): Promise<Zavudev.Sender> =>
      own.senders.update(id, { webhookSignatureVersion });
    const skipped = badRequest('Cannot go from signature version v1 to v2: set v1+v2 first');
    await expectRefused(step('v2'), skipped);
    for (const version of ['v1+v2', 'v2'] as const) {
      const { webhook: after } = expectShape(await step(version), senderShape);
      expect(after).toMatchObject({ events: asked.webhookEvents, signatureVersion: version });
    }
  });

  it.each([
    'http://example.com/hook',
    'ftp://example.com',
    'https://user:secret@example.com/hook',
    'https://localhost/hook',
    'https://127.0.0.1:8443/hook',
    'https://2130706433/hook',
    'https://10.0.0.7/hook',
    'https://192.168.1.1/hook',
    'https://169.254.169.254/latest',
    'https://[::1]/hook',
    'https://[::ffff:127.0.0.1]/hook',
    'https://[fd00::1]/hook',
    'https://metadata.internal/hook',
    'nowhere',
  ])('400 for a webhook that must not be called: %s', async (url) => {
    await expectInvalid(create({ webhookUrl: url }), 'webhookUrl');
    const { id } = await create({ webhookUrl });
    await expectInvalid(own.senders.update(id, { webhookUrl: url }), 'webhookUrl');
    expect((await own.senders.retrieve(id)).webhook!.url).toBe(webhookUrl);
  });
});
