import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, strangerOn, type Account } from './support/accounts';
import { ownNumber } from './support/number-supply';
import { expectInvalid, expectRefused, notFound, unauthorized } from './support/refusals';
import { expectShape } from './support/shape';
import { attachments as attachmentsShape, messageAnswer } from './support/shapes';

jest.setTimeout(120_000);

const near = { to: '+14155550123', text: 'Your code is 1234.' };
const mail = { to: 'ann@example.com', subject: 'Hi', text: 'Hello' };
const noSender = notFound('Template or sender not found.');
const noMessage = notFound('Message not found.');

describe('messages of the official client', () => {
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

  async function send(body: Zavudev.MessageSendParams): Promise<Zavudev.Message> {
    return expectShape(await own.messages.send(body), messageAnswer).message;
  }

  it('go from the sender that they name, else from the default one, if there is any', async () => {
    expect(await send(near)).not.toHaveProperty('senderId');
    const first = await own.senders.create({ name: 'First' });
    const second = await own.senders.create({ name: 'Second' });
    expect((await send(near)).senderId).toBe(first.id);
    const named = await send({ ...near, 'Zavu-Sender': second.id });
    expect(named.senderId).toBe(second.id);
    expect((await own.messages.retrieve(named.id)).message.senderId).toBe(second.id);
    await own.senders.update(second.id, { setAsDefault: true });
    expect((await send(near)).senderId).toBe(second.id);
    await own.senders.delete(first.id);
    await expectRefused(send({ ...near, 'Zavu-Sender': first.id }), noSender);
    expect((await own.messages.retrieve(named.id)).message.senderId).toBe(second.id);
  });

  it('go by a channel that their sender has', async () => {
    const oneway = await own.senders.create({ name: 'One way', enableSmsOneway: true });
    expect(await send(near)).toMatchObject({ channel: 'sms_oneway', senderId: oneway.id });
    const { id } = await ownNumber(own);
    await own.phoneNumbers.update(id, { senderId: oneway.id });
    expect((await send(near)).channel).toBe('sms');
    expect((await send(mail)).channel).toBe('email');
  });

  it('404 for a sender that is none of the account’s, and no charge', async () => {
    const { id } = await account.main.senders.create({ name: 'Main' });
    for (const sender of ['snd_none', id]) {
      await expectRefused(send({ ...near, 'Zavu-Sender': sender }), noSender);
    }
    expect((await own.balance.retrieve()).totalSpent).toBe(0);
  });

  it('403 for a suspended sub-account, which may still read', async () => {
    const { id } = await send(near);
    await account.main.subAccounts.update(account.id, { status: 'inactive' });
    await expectRefused(send(near), { status: 403, code: 'sub_account_inactive' });
    expect((await own.messages.retrieve(id)).message.id).toBe(id);
    expect((await own.messages.list()).items).toHaveLength(1);
    await account.main.subAccounts.update(account.id, { status: 'active' });
    await send(near);
  });

  it('400 for what breaks a rule, and no charge', async () => {
    for (const [body, field] of [
      [{ ...near, to: 'nobody' }, 'to'],
      [{ to: near.to }, 'text'],
      [{ to: mail.to, text: 'Hello' }, 'subject'],
      [{ ...mail, subject: 'x'.repeat(999) }, 'subject'],
      [{ ...near, channel: 'fax' }, 'channel'],
      [{ ...near, messageType: 'fax' }, 'messageType'],
      [{ ...near, metadata: { a: 1 } }, 'metadata'],
      [{ ...near, fallbackEnabled: 'no' }, 'fallbackEnabled'],
      [{ ...mail, attachments: [{ filename: 'a.txt' }] }, 'attachments.0'],
      [{ ...mail, attachments: [{ content: 'aGk=' }] }, 'attachments.0.filename'],
    ] as const) {
      await expectInvalid(send(body as Zavudev.MessageSendParams), field);
    }
    expect((await own.balance.retrieve()).totalSpent).toBe(0);
  });

  it('e-mail keeps its attachments, which listAttachments shows', async () => {
    const { id, createdAt } = await send({
      ...mail,
      attachments: [
        { filename: 'note.txt', content: 'aGVsbG8=', content_type: 'text/plain', content_id: 'n1' },
        { filename: 'far.pdf', path: 'https://example.com/far.pdf' },
      ],
    });
    const answer = expectShape(await own.messages.listAttachments(id), attachmentsShape);
    expect(new Set(answer.items.map((item) => item.id)).size).toBe(2);
    expect(answer.items).toMatchObject([
      {
        filename: 'note.txt',
        mimeType: 'text/plain',
        size: 5,
        contentId: 'n1',
        isInline: true,
        downloadUrl: 'data:text/plain;base64,aGVsbG8=',
        createdAt,
      },
      {
        filename: 'far.pdf',
        mimeType: 'application/octet-stream',
        size: 0,
        contentId: null,
        isInline: false,
        downloadUrl: 'https://example.com/far.pdf',
        createdAt,
      },
    ]);
  });

  it('other messages have no attachments', async () => {
    const bare = [await send(mail), await send(near)];
    for (const { id } of bare) {
      expect(await own.messages.listAttachments(id)).toStrictEqual({ items: [] });
    }
  });

  const calls: readonly [string, (client: Zavudev, id: string) => Promise<unknown>][] = [
    ['retrieve', ({ messages }, id) => messages.retrieve(id)],
    ['listAttachments', ({ messages }, id) => messages.listAttachments(id)],
  ];

  it.each(calls)('%s: 404 for a message that is none of the account’s', async (_, call) => {
    const { id } = await send(mail);
    await expectRefused(call(own, 'msg_none'), noMessage);
    await expectRefused(call(account.main, id), noMessage);
  });

  it.each([
    ...calls,
    ['send', ({ messages }: Zavudev) => messages.send(near)],
    ['list', ({ messages }: Zavudev) => messages.list()],
  ] as typeof calls)('%s: 401 for a key that nobody has', async (_, call) => {
    await expectRefused(call(strangerOn(system), 'msg_none'), unauthorized);
  });
});
