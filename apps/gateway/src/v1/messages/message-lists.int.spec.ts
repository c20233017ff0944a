import { Stage } from '../../../spec/stage';
import type { Account } from '../../../spec/cast';
import type { MessageView } from './message.view';

const TO = '+14155550123';
const TEXT = 'Your code is 1234.';

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

async function send(more: object = {}): Promise<MessageView> {
  const body = { to: TO, text: TEXT, ...more };
  return (await stage.got<{ message: MessageView }>(202, 'POST', '/v1/messages', { key, body }))
    .message;
}

async function list(query: string): Promise<readonly MessageView[]> {
  const url = `/v1/messages?${query}`;
  return (await stage.got<{ items: MessageView[] }>(200, 'GET', url, { key })).items;
}

describe('the list of messages', () => {
  it('is filtered by whom they go to, by status and by channel', async () => {
    const other = '+14155550199';
    const [a, b, c] = [await send(), await send({ to: other }), await send({ to: other })];
    const email = await send({ to: 'Ada@Example.com', subject: 'x' });
    const whatsapp = await send({ to: other, channel: 'whatsapp' });
    const ids = async (query: string): Promise<string[]> => (await list(query)).map(({ id }) => id);
    const to = `to=${encodeURIComponent(other)}`;
    expect(await ids('')).toEqual([whatsapp.id, email.id, c.id, b.id, a.id]);
    expect(await ids(to)).toEqual([whatsapp.id, c.id, b.id]);
    expect(await ids(`to=${other}`)).toEqual([whatsapp.id, c.id, b.id]);
    expect(await ids('to=ada%40example.com')).toEqual([email.id]);
    expect(await ids(`${to}&channel=sms`)).toEqual([c.id, b.id]);
    expect(await ids(`${to}&channel=sms&status=queued`)).toEqual([c.id, b.id]);
    expect(await ids('status=queued')).toEqual([whatsapp.id, email.id, c.id, b.id, a.id]);
    expect(await ids('status=queued&channel=sms&limit=2')).toEqual([c.id, b.id]);
    expect(await ids('channel=email')).toEqual([email.id]);
    for (const none of ['status=sent', 'status=sending', 'channel=voice', 'to=%2B1']) {
      expect(await ids(none)).toEqual([]);
    }
  });

  it('tells nobody that there were messages to somebody who was erased', async () => {
    const to = `to=${encodeURIComponent(TO)}`;
    const first = await send();
    await stage.world.erase(await stage.world.recipientOf(account.id, TO));
    expect(await list(to)).toEqual([]);
    expect((await list('')).map(({ id }) => id)).toEqual([first.id]);
    const second = await send();
    expect((await list(to)).map(({ id }) => id)).toEqual([second.id]);
  });

  it.each(['', 'status=queued', 'channel=sms', 'to=%2B14155550123', 'status=queued&channel=sms'])(
    'comes in pages, none of them empty: %s',
    async (filter) => {
      const sent: string[] = [];
      for (let n = 0; n < 5; n += 1) sent.unshift((await send()).id);
      await send({ to: 'ada@example.com', subject: 'x' });
      if (filter === '') sent.unshift((await list('limit=1'))[0]!.id);
      const isAll = filter === 'status=queued';
      const shown: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const url: string = `/v1/messages?${filter}&limit=2&cursor=${cursor}`;
        const page: { items: MessageView[]; nextCursor: string | null } = await stage.got(
          200,
          'GET',
          url,
          { key },
        );
        expect(page.items.length).toBeGreaterThan(0);
        shown.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(isAll ? shown.slice(1) : shown).toEqual(sent);
    },
  );
});

describe('the files of a message', () => {
  it('are those of an e-mail', async () => {
    const attachments = [
      { filename: 'a.txt', content: 'aGVsbG8=', content_type: 'text/plain' },
      { filename: 'b.png', path: 'https://files.example.com/b.png', content_id: 'logo' },
    ];
    const { id } = await send({ to: 'ada@example.com', subject: 'x', attachments });
    const createdAt = '2026-01-01T00:00:00.000Z';
    const url = `/v1/messages/${id}/attachments`;
    expect(await stage.got(200, 'GET', url, { key })).toEqual({
      items: [
        {
          id: `${id}_0`,
          filename: 'a.txt',
          mimeType: 'text/plain',
          size: 5,
          contentId: null,
          isInline: false,
          downloadUrl: 'data:text/plain;base64,aGVsbG8=',
          createdAt,
        },
        {
          id: `${id}_1`,
          filename: 'b.png',
          mimeType: 'application/octet-stream',
          size: 0,
          contentId: 'logo',
          isInline: true,
          downloadUrl: 'https://files.example.com/b.png',
          createdAt,
        },
      ],
    });
    await stage.world.erase(await stage.world.recipientOf(account.id, 'ada@example.com'));
    expect(await stage.got(200, 'GET', url, { key })).toEqual({ items: [] });
  });

  it('are none of other messages', async () => {
    const { id } = await send();
    expect(await stage.got(200, 'GET', `/v1/messages/${id}/attachments`, { key })).toEqual({
      items: [],
    });
    await stage.got(404, 'GET', '/v1/messages/msg_none/attachments', { key });
  });
});
