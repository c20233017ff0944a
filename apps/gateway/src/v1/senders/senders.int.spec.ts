import { AGAIN, FIRST, Stage } from '../../../spec/stage';
import type { Account } from '../../../spec/cast';
import type { SenderView } from './sender.view';

const AT = '2026-01-01T00:00:00.000Z';
const WEBHOOK = 'https://hooks.example.com/zavu';
const SECRET = /^whsec_[\w-]{43}$/;
const OF_MESSAGES = ['message.queued', 'message.sent', 'message.delivered', 'message.failed'];

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

const create = (body: object, headers = {}): Promise<SenderView> =>
  stage.got(201, 'POST', '/v1/senders', { key, body, headers });
const read = (id: string): Promise<SenderView> =>
  stage.got(200, 'GET', `/v1/senders/${id}`, { key });
const update = (id: string, body: object, headers = {}): Promise<SenderView> =>
  stage.got(200, 'PATCH', `/v1/senders/${id}`, { key, body, headers });

/** The path of the first rule that a body breaks. */
async function invalid(method: string, url: string, body: object): Promise<unknown> {
  const answer = await stage.got<{ details: { errors: { path: unknown[] }[] } }>(400, method, url, {
    key,
    body,
  });
  return answer.details.errors[0]!.path[0];
}

describe('a sender', () => {
  it('needs a name alone, and the first of an account is its default one', async () => {
    const created = await create({ name: 'Support' });
    expect(created).toEqual({
      id: expect.stringMatching(/^snd_/),
      name: 'Support',
      phoneNumber: '',
      channels: [],
      isDefault: true,
      createdAt: AT,
      updatedAt: AT,
    });
    expect(await read(created.id)).toEqual(created);
    expect(await create({ name: 'Other' })).toMatchObject({ isDefault: false });
    const third = await create({ name: 'Third', setAsDefault: true });
    expect(third).toMatchObject({ isDefault: true });
    expect(await read(created.id)).toMatchObject({ isDefault: false });
    await update(created.id, { setAsDefault: true });
    expect(await read(third.id)).toMatchObject({ isDefault: false });
  });

  it('says what it can send on now', async () => {
    const { phoneNumber, id: numberId } = await stage.cast.number(account.key);
    const all = { phoneNumber, enableVoice: true, enableSmsOneway: true, emailAddress: 'a@b.co' };
    const sender = await create({ name: 'All', ...all });
    const channels = ['sms', 'sms_oneway', 'voice', 'email'];
    expect(sender).toMatchObject({ phoneNumber, channels, emailAddress: 'a@b.co' });
    expect(await read(sender.id)).toEqual(sender);
    await stage.got(200, 'PATCH', `/v1/phone-numbers/${numberId}`, {
      key,
      body: { senderId: null },
    });
    const after = await read(sender.id);
    expect(after).toMatchObject({ phoneNumber: '', channels: ['sms_oneway', 'email'] });
    expect(await update(sender.id, { enableSmsOneway: false })).toMatchObject({
      channels: ['email'],
    });
  });

  it('can only have a number that the account owns, and that no other sender has', async () => {
    const body = { name: 'x', phoneNumber: '+14155550100' };
    expect(await stage.got(400, 'POST', '/v1/senders', { key, body })).toMatchObject({
      code: 'bad_request',
      message: 'This account does not own the phone number',
    });
    const { phoneNumber } = await stage.cast.number(account.key);
    await create({ name: 'First', phoneNumber });
    const second = { name: 'Second', phoneNumber };
    expect(await stage.got(400, 'POST', '/v1/senders', { key, body: second })).toMatchObject({
      code: 'bad_request',
      message: 'The phone number is assigned to a sender',
    });
  });

  it('needs a number for its voice', async () => {
    const message = 'The voice channel needs a phone number';
    const body = { name: 'x', enableVoice: true };
    expect(await stage.got(400, 'POST', '/v1/senders', { key, body })).toMatchObject({ message });
    const { id } = await create({ name: 'x' });
    const url = `/v1/senders/${id}`;
    expect(await stage.got(400, 'PATCH', url, { key, body: { enableVoice: true } })).toMatchObject({
      message,
    });
  });

  it('is made once, however often the official client asks, with the same secret', async () => {
    const body = { name: 'x', webhookUrl: WEBHOOK };
    const first = await create(body, FIRST);
    const again = await stage.send('POST', '/v1/senders', { key, body, headers: AGAIN });
    expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
    expect(again.body).toEqual(first);
    expect(first.webhook?.secret).toMatch(SECRET);
  });

  it('is listed, newest first, without secrets', async () => {
    const made = [];
    for (const name of ['A', 'B', 'C']) made.push(await create({ name, webhookUrl: WEBHOOK }));
    const page = await stage.got<{ items: SenderView[]; nextCursor: string }>(
      200,
      'GET',
      '/v1/senders?limit=2',
      { key },
    );
    expect(page.items.map(({ name }) => name)).toEqual(['C', 'B']);
    const rest = await stage.send('GET', `/v1/senders?cursor=${page.nextCursor}`, { key });
    expect(rest.body).toMatchObject({
      items: [{ name: 'A', isDefault: true }],
      nextCursor: null,
    });
    expect(JSON.stringify(page) + rest.text).not.toContain('whsec_');
  });

  it('is deleted, unless it is the default one', async () => {
    const first = await create({ name: 'Default' });
    const { id } = await create({ name: 'Other' });
    expect(await stage.got(400, 'DELETE', `/v1/senders/${first.id}`, { key })).toEqual({
      code: 'bad_request',
      message: 'Cannot delete default sender',
    });
    await stage.got(204, 'DELETE', `/v1/senders/${id}`, { key });
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(await stage.got(404, method, `/v1/senders/${id}`, { key })).toMatchObject({
        message: 'Sender not found.',
      });
    }
  });
});

describe('the webhook of a sender', () => {
  const secretUrl = (id: string): string => `/v1/senders/${id}/webhook/secret`;

  it('shows its secret once, when the sender is made', async () => {
    const { id, webhook } = await create({ name: 'x', webhookUrl: WEBHOOK });
    const shown = { url: WEBHOOK, events: OF_MESSAGES, active: true, signatureVersion: 'v2' };
    expect(webhook).toEqual({ ...shown, secret: expect.stringMatching(SECRET) });
    expect((await read(id)).webhook).toEqual(shown);
    expect((await update(id, { name: 'y' })).webhook).toEqual(shown);
    expect((await update(id, { webhookUrl: `${WEBHOOK}/2` })).webhook).toEqual({
      ...shown,
      url: `${WEBHOOK}/2`,
    });
  });

  it('shows its secret once, when an update adds it, and to the repeat of that', async () => {
    const { id } = await create({ name: 'x' });
    const body = { webhookUrl: WEBHOOK, webhookEvents: ['message.failed'] };
    const added = await update(id, body, FIRST);
    expect(added.webhook).toMatchObject({ events: ['message.failed'], secret: expect.any(String) });
    expect((await update(id, body, AGAIN)).webhook).toEqual(added.webhook);
    expect((await update(id, { webhookActive: false })).webhook).toMatchObject({ active: false });
    expect((await read(id)).webhook).not.toHaveProperty('secret');
  });

  it('gets a new secret when asked for, and one more when it comes back', async () => {
    const { id, webhook } = await create({ name: 'x', webhookUrl: WEBHOOK });
    const { secret } = await stage.got<{ secret: string }>(200, 'POST', secretUrl(id), { key });
    expect(secret).toMatch(SECRET);
    await update(id, { webhookUrl: null });
    expect(await read(id)).not.toHaveProperty('webhook');
    const back = await update(id, { webhookUrl: WEBHOOK });
    expect(new Set([webhook!.secret, secret, back.webhook!.secret]).size).toBe(3);
  });

  it('is needed for a new secret, and for settings of one', async () => {
    const { id } = await create({ name: 'x' });
    const none = { code: 'bad_request', message: 'This sender has no webhook' };
    expect(await stage.got(400, 'POST', secretUrl(id), { key })).toEqual(none);
    const body = { webhookActive: true };
    expect(await stage.got(400, 'PATCH', `/v1/senders/${id}`, { key, body })).toEqual(none);
    await stage.got(404, 'POST', secretUrl('snd_none'), { key });
    const settings = { name: 'x', webhookEvents: ['message.sent'] };
    expect(await invalid('POST', '/v1/senders', settings)).toBe('webhookUrl');
  });

  it('changes its signature one step at a time', async () => {
    const old = { webhookUrl: WEBHOOK, webhookSignatureVersion: 'v1' };
    const { id } = await create({ name: 'x', ...old });
    const url = `/v1/senders/${id}`;
    const body = { webhookSignatureVersion: 'v2' };
    expect(await stage.got(400, 'PATCH', url, { key, body })).toMatchObject({
      message: 'Cannot go from signature version v1 to v2: set v1+v2 first',
    });
    for (const webhookSignatureVersion of ['v1+v2', 'v2']) {
      expect(await update(id, { webhookSignatureVersion })).toMatchObject({
        webhook: { signatureVersion: webhookSignatureVersion },
      });
    }
  });

  it('has a URL that may be called, and events that there are', async () => {
    const { id } = await create({ name: 'x' });
    for (const webhookUrl of [
      'http://hooks.example.com',
      'x',
      '',
      `https://${'a'.repeat(2_048)}`,
    ]) {
      expect(await invalid('POST', '/v1/senders', { name: 'x', webhookUrl })).toBe('webhookUrl');
      expect(await invalid('PATCH', `/v1/senders/${id}`, { webhookUrl })).toBe('webhookUrl');
    }
    for (const webhookEvents of [['message.lost'], 'message.sent', [1], [['message.sent']], {}]) {
      const body = { name: 'x', webhookUrl: WEBHOOK, webhookEvents };
      expect(await invalid('POST', '/v1/senders', body)).toBe('webhookEvents');
    }
    expect(await invalid('POST', '/v1/senders', { name: 'x', emailAddress: 'x' })).toBe(
      'emailAddress',
    );
    expect(await invalid('PATCH', `/v1/senders/${id}`, { phoneNumber: '+14155550100' })).toBe(
      'phoneNumber',
    );
  });
});
