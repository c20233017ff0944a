import { AGAIN, FIRST, Stage } from '../../../spec/stage';
import type { ContactChannelView, ContactView } from './contact.view';

const AT = '2026-01-01T00:00:00.000Z';

let stage: Stage;
let people = 0;

beforeAll(async () => {
  stage = await Stage.start();
});

afterAll(() => stage.stop());

/** A phone number that nobody had before. */
function newPhone(): string {
  people += 1;
  return `+1415555${String(people).padStart(4, '0')}`;
}

const sms = (identifier: string): object => ({ channel: 'sms', identifier });

function create(body: object, headers = {}): Promise<ContactView> {
  return stage.got(201, 'POST', '/v1/contacts', { body, headers });
}

const read = (id: string): Promise<ContactView> => stage.got(200, 'GET', `/v1/contacts/${id}`);

describe('a contact', () => {
  it('is made with its channels, the first of each kind primary', async () => {
    const [phone, other] = [newPhone(), newPhone()];
    const created = await create({
      displayName: 'Ada Lovelace',
      metadata: { crm: '7' },
      channels: [
        { channel: 'sms', identifier: phone, countryCode: 'us', label: 'home' },
        { channel: 'email', identifier: 'ada@example.com' },
        { channel: 'sms', identifier: other },
        { channel: 'whatsapp', identifier: other, isPrimary: true },
      ],
    });
    const channel = { id: expect.stringMatching(/^chn_/), verified: false, createdAt: AT };
    expect(created).toEqual({
      id: expect.stringMatching(/^con_/),
      displayName: 'Ada Lovelace',
      profileName: null,
      metadata: { crm: '7' },
      availableChannels: ['sms', 'email', 'whatsapp'],
      channels: [
        {
          ...channel,
          channel: 'sms',
          identifier: phone,
          isPrimary: true,
          countryCode: 'US',
          label: 'home',
        },
        { ...channel, channel: 'email', identifier: 'ada@example.com', isPrimary: true },
        { ...channel, channel: 'sms', identifier: other, isPrimary: false },
        { ...channel, channel: 'whatsapp', identifier: other, isPrimary: true },
      ],
      primaryPhone: phone,
      phoneNumber: phone,
      primaryEmail: 'ada@example.com',
      countryCode: 'US',
      verified: false,
      createdAt: AT,
      updatedAt: AT,
    });
    expect(await read(created.id)).toEqual(created);
  });

  it('has identifiers that belong to their channels', async () => {
    const wrong = [
      ['sms', 'ada@example.com'],
      ['sms', '4155550123'],
      ['voice', '12'],
      ['email', '+14155550123'],
      ['telegram', 'a b'],
      ['whatsapp', 'a b'],
    ];
    for (const [channel, identifier] of wrong) {
      const body = {
        channels: [
          { channel: 'sms', identifier: newPhone() },
          { channel, identifier },
        ],
      };
      expect(await stage.got(400, 'POST', '/v1/contacts', { body })).toMatchObject({
        code: 'invalid_request',
        details: { errors: [{ path: ['channels', 1, 'identifier'] }] },
      });
    }
    const channels = [
      { channel: 'telegram', identifier: '-100123' },
      { channel: 'instagram', identifier: '178414' },
      { channel: 'whatsapp', identifier: 'US.1234' },
      { channel: 'voice', identifier: newPhone() },
    ];
    expect((await create({ channels })).channels).toHaveLength(4);
  });

  it("has identifiers that no other contact has, in the mirrored API's words", async () => {
    const phone = newPhone();
    await create({ channels: [sms(phone)] });
    const taken = {
      code: 'bad_request',
      message: 'This sms identifier is already associated with another contact',
    };
    const body = { channels: [sms(phone)] };
    expect(await stage.got(400, 'POST', '/v1/contacts', { body })).toEqual(taken);
    const other = await create({ channels: [{ channel: 'whatsapp', identifier: phone }] });
    const url = `/v1/contacts/${other.id}/channels`;
    expect(await stage.got(400, 'POST', url, { body: sms(phone) })).toEqual(taken);
    const elsewhere = await stage.other();
    const { status } = await stage.send('POST', '/v1/contacts', {
      body,
      key: elsewhere.key.secret,
    });
    expect(status).toBe(201);
  });

  it('is made once, however often the official client asks', async () => {
    const body = { channels: [sms(newPhone())], displayName: 'Grace' };
    const first = await stage.send('POST', '/v1/contacts', { body, headers: FIRST });
    const again = await stage.send('POST', '/v1/contacts', { body, headers: AGAIN });
    expect(first).toMatchObject({ status: 201 });
    expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
    expect(again.body).toEqual(first.body);
  });

  it('is made once for one idempotency key', async () => {
    const headers = { 'idempotency-key': 'contact once' };
    const body = { channels: [sms(newPhone())] };
    const first = await create(body, headers);
    expect(await create(body, headers)).toEqual(first);
    const other = { channels: [sms(newPhone())] };
    const answer = await stage.send('POST', '/v1/contacts', { body: other, headers });
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('is changed, and null clears', async () => {
    const { id } = await create({ channels: [sms(newPhone())], displayName: 'Ada' });
    const url = `/v1/contacts/${id}`;
    const change = { displayName: 'Lady Ada', defaultChannel: 'sms', metadata: { a: '1' } };
    expect(await stage.got(200, 'PATCH', url, { body: change })).toMatchObject({ id, ...change });
    const cleared = { displayName: null, defaultChannel: null, metadata: {} };
    const after = await stage.got<ContactView>(200, 'PATCH', url, { body: cleared });
    expect(after).not.toHaveProperty('displayName');
    expect(after).not.toHaveProperty('defaultChannel');
    expect(after.metadata).toEqual({});
    expect(await stage.got(200, 'PATCH', url)).toEqual(after);
    expect(await stage.got(400, 'PATCH', url, { body: { defaultChannel: 'email' } })).toMatchObject(
      {
        code: 'bad_request',
        message: 'This contact has no channel email',
      },
    );
  });

  it('is found by its phone, however the plus sign is written', async () => {
    const phone = newPhone();
    const { id } = await create({ channels: [sms(phone)] });
    for (const written of [phone, encodeURIComponent(phone)]) {
      expect(await stage.got(200, 'GET', `/v1/contacts/phone/${written}`)).toMatchObject({ id });
    }
    for (const nobody of ['+14155559999', 'x', '%00', phone.slice(1)]) {
      await stage.got(404, 'GET', `/v1/contacts/phone/${nobody}`);
    }
  });

  it('is found first by whose primary phone it is', async () => {
    const [shared, own] = [newPhone(), newPhone()];
    await create({ channels: [sms(own), { channel: 'whatsapp', identifier: shared }] });
    const { id } = await create({ channels: [sms(shared)] });
    await create({ channels: [sms(newPhone()), { channel: 'voice', identifier: shared }] });
    expect(await stage.got(200, 'GET', `/v1/contacts/phone/${shared}`)).toMatchObject({ id });
  });

  it('is gone once it was deleted, and its identifiers are free', async () => {
    const phone = newPhone();
    const { id } = await create({ channels: [sms(phone)], displayName: 'Forget me' });
    const url = `/v1/contacts/${id}`;
    expect((await stage.send('DELETE', url)).text).toBe('');
    expect(await stage.got(404, 'GET', url)).toMatchObject({ message: 'Contact not found.' });
    await stage.got(404, 'DELETE', url);
    await stage.got(404, 'PATCH', url, { body: { displayName: 'x' } });
    await stage.got(404, 'GET', `/v1/contacts/phone/${phone}`);
    expect((await create({ channels: [sms(phone)] })).id).not.toBe(id);
  });
});

describe('a channel of a contact', () => {
  let contact: ContactView;
  let url: string;

  beforeEach(async () => {
    contact = await create({ channels: [sms(newPhone())] });
    url = `/v1/contacts/${contact.id}/channels`;
  });

  const change = (channelId: string, body: object): Promise<{ channel: ContactChannelView }> =>
    stage.got(200, 'PATCH', `${url}/${channelId}`, { body });

  it('is added, and added once', async () => {
    const body = { channel: 'email', identifier: `a${people}@example.com`, label: 'work' };
    const first = await stage.send('POST', url, { body, headers: FIRST });
    const again = await stage.send('POST', url, { body, headers: AGAIN });
    expect(first).toMatchObject({
      status: 201,
      body: { channel: { ...body, isPrimary: true, verified: false } },
    });
    expect(again.body).toEqual(first.body);
    const { channels } = await read(contact.id);
    expect(channels[1]).toEqual((first.body as { channel: object }).channel);
  });

  it('is changed, and null clears its label', async () => {
    const [{ id } = { id: '' }] = contact.channels;
    const body = { label: 'mobile', verified: true, metadata: { since: '2026' } };
    expect((await change(id, body)).channel).toMatchObject({ id, ...body });
    expect(await read(contact.id)).toMatchObject({ verified: true });
    const cleared = await change(id, { label: null });
    expect(cleared.channel).not.toHaveProperty('label');
    expect(cleared.channel).toMatchObject({ verified: true, metadata: { since: '2026' } });
  });

  it('becomes the primary one of its kind', async () => {
    const added = { ...sms(newPhone()) };
    const { channel } = await stage.got<{ channel: ContactChannelView }>(201, 'POST', url, {
      body: added,
    });
    expect(channel.isPrimary).toBe(false);
    const answer = await stage.got(200, 'POST', `${url}/${channel.id}/primary`);
    expect(answer).toEqual({ channel: { ...channel, isPrimary: true } });
    expect(await read(contact.id)).toMatchObject({
      primaryPhone: channel.identifier,
      channels: [{ isPrimary: false }, { isPrimary: true }],
    });
  });

  it('is removed, unless it is the last', async () => {
    const [{ id } = { id: '' }] = contact.channels;
    expect(await stage.got(400, 'DELETE', `${url}/${id}`)).toMatchObject({
      code: 'bad_request',
      message: 'Cannot remove the last channel of a contact',
    });
    await stage.got(201, 'POST', url, { body: sms(newPhone()) });
    await stage.got(204, 'DELETE', `${url}/${id}`);
    expect((await read(contact.id)).channels).toHaveLength(1);
    await stage.got(404, 'DELETE', `${url}/${id}`);
  });

  it('that the contact does not have is not found', async () => {
    const other = await create({ channels: [sms(newPhone())] });
    for (const id of ['chn_none', other.channels[0]!.id]) {
      const wrong = `${url}/${id}`;
      for (const [method, path] of [
        ['PATCH', wrong],
        ['DELETE', wrong],
        ['POST', `${wrong}/primary`],
      ] as const) {
        const answer = await stage.send(method, path, { body: {} });
        expect(answer).toMatchObject({
          status: 404,
          body: { message: 'Contact channel not found.' },
        });
      }
    }
  });
});
