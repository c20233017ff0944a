import type { MergeContacts, MessagingKind } from '@tollgate/domain';
import type { CommandLog } from '@tollgate/ports';
import { AGAIN, FIRST, Stage } from '../../../spec/stage';
import type { ContactView } from './contact.view';

let stage: Stage;
let people = 0;

beforeAll(async () => {
  stage = await Stage.start();
});

afterEach(() => stage.world.answerMessaging());

afterAll(() => stage.stop());

function newPhone(): string {
  people += 1;
  return `+1415555${String(people).padStart(4, '0')}`;
}

function create(channel = 'sms', more = {}): Promise<ContactView> {
  const channels = [{ channel, identifier: newPhone(), ...more }];
  return stage.got(201, 'POST', '/v1/contacts', { body: { channels } });
}

const merge = (id: string, sourceContactId: string, headers = {}) =>
  stage.send('POST', `/v1/contacts/${id}/merge`, { body: { sourceContactId }, headers });

describe('a merge of contacts', () => {
  it('moves what reaches the one to the other, and the one is gone', async () => {
    const target = await create();
    const source = await create('sms', { label: 'second', countryCode: 'US' });
    const answer = await merge(target.id, source.id);
    const [own, moved] = [target.channels[0]!, source.channels[0]!];
    expect(answer).toMatchObject({
      status: 200,
      body: { id: target.id, channels: [own, { ...moved, isPrimary: false }] },
    });
    expect(await stage.got(200, 'GET', `/v1/contacts/${target.id}`)).toEqual(answer.body);
    await stage.got(404, 'GET', `/v1/contacts/${source.id}`);
    const found = await stage.got(200, 'GET', `/v1/contacts/phone/${moved.identifier}`);
    expect(found).toMatchObject({ id: target.id });
  });

  it('moves a channel of a new kind as the primary one', async () => {
    const target = await create('sms');
    const source = await create('whatsapp');
    expect((await merge(target.id, source.id)).body).toMatchObject({
      availableChannels: ['sms', 'whatsapp'],
      channels: [{ isPrimary: true }, { isPrimary: true }],
    });
  });

  it('is done once, although the source is gone when the official client asks again', async () => {
    const target = await create();
    const source = await create();
    const first = await merge(target.id, source.id, FIRST);
    const again = await merge(target.id, source.id, AGAIN);
    expect(again).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' } });
    expect(again.body).toEqual(first.body);
    expect((await merge(target.id, source.id)).status).toBe(404);
  });

  it('is not one of a contact with itself, nor with nobody', async () => {
    const { id } = await create();
    expect(await merge(id, id)).toMatchObject({
      status: 400,
      body: { code: 'bad_request', message: 'Cannot merge a contact with itself' },
    });
    expect((await merge(id, 'con_none')).status).toBe(404);
    expect((await merge('con_none', id)).status).toBe(404);
  });

  it('is tried three times when the source changes meanwhile, sealed for the target', async () => {
    const target = await create();
    const source = await create();
    const asked: MergeContacts[] = [];
    const changed: CommandLog<MessagingKind>['submit'] = async (_, commands) => {
      asked.push(...(commands as MergeContacts[]));
      const rejection = { code: 'contact_changed', contactId: source.id } as const;
      return [{ status: 'refused', rejection, streamRevision: 0 }];
    };
    stage.world.answerMessaging(changed);
    const answer = await stage.world.send({
      method: 'POST',
      url: `/v1/contacts/${target.id}/merge`,
      key: stage.account.key.secret,
      body: { sourceContactId: source.id },
    });
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { code: 'unavailable' },
    });
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    for (const { data } of asked) {
      expect(data.channels.map(({ address }) => address.split('.', 1)[0])).toEqual([target.id]);
    }
  });
});
