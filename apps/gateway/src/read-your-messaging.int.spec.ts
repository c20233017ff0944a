import { setTimeout as delay } from 'node:timers/promises';
import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { ReadModelsUnavailable } from '@tollgate/ports';
import type { Answer } from '../spec/answer';
import { Cast, expectStatus, type Account } from '../spec/cast';
import { SlowReadModels } from '../spec/slow-read-models';
import { GatewayWorld } from '../spec/world';

/** Long beside a request, short beside the second that a read waits at most. */
const BEHIND_MS = 40;
const PHONE = '+14155550123';

let readModels: SlowReadModels;
let world: GatewayWorld;
let cast: Cast;
let account: Account;
let key: string;

beforeAll(async () => {
  readModels = new SlowReadModels(new InMemoryReadModels());
  world = await GatewayWorld.start({
    events: new InMemoryEventLog(),
    snapshots: new InMemorySnapshots(),
    readModels,
    clock: new ManualClock(),
    ids: new SequentialIds(),
  });
  cast = new Cast(world);
});

beforeEach(async () => {
  readModels.pause = () => delay(BEHIND_MS);
  account = await cast.account(await cast.team());
  key = account.key.secret;
});

afterAll(() => world.stop());

function ask(method: string, url: string, more: object = {}): Promise<Answer> {
  return world.send({ method, url, key, ...more });
}

async function got(status: number, method: string, url: string, body?: object): Promise<unknown> {
  return expectStatus(status, await ask(method, url, body === undefined ? {} : { body }));
}

const newContact = (): ReturnType<Cast['contact']> =>
  cast.contact(account.key, {
    displayName: 'Ada',
    channels: [{ channel: 'sms', identifier: PHONE }],
  });

describe('the answer to a command of messaging is followed by reads that show it', () => {
  it('when a contact was made, changed and deleted', async () => {
    const { id } = await newContact();
    const url = `/v1/contacts/${id}`;
    const found = { items: [{ id }] };
    expect(await got(200, 'GET', url)).toMatchObject({ id });
    expect(await got(200, 'GET', '/v1/contacts')).toMatchObject(found);
    expect(await got(200, 'GET', '/v1/contacts?search=ada')).toMatchObject(found);
    expect(await got(200, 'GET', `/v1/contacts/phone/${PHONE}`)).toMatchObject({ id });
    const changed = { displayName: 'Grace' };
    expect(await got(200, 'PATCH', url, changed)).toMatchObject(changed);
    const email = { channel: 'email', identifier: 'a@example.com' };
    const { channel } = (await got(201, 'POST', `${url}/channels`, email)) as {
      channel: { id: string };
    };
    const its = `${url}/channels/${channel.id}`;
    expect(await got(200, 'PATCH', its, { label: 'x' })).toMatchObject({ channel: { label: 'x' } });
    await got(204, 'DELETE', url);
    await got(404, 'GET', url);
    expect(await got(200, 'GET', '/v1/contacts')).toMatchObject({ items: [] });
  });

  it('when a sender was made, changed and deleted', async () => {
    const first = await cast.sender(account.key);
    const id = await cast.sender(account.key, { name: 'Other' });
    expect(await got(200, 'GET', '/v1/senders')).toMatchObject({ items: [{ id }, { id: first }] });
    const body = { to: PHONE, text: 'x' };
    const send = async (headers = {}): Promise<unknown> =>
      expectStatus(202, await ask('POST', '/v1/messages', { body, headers }));
    expect(await send({ 'zavu-sender': id })).toMatchObject({ message: { senderId: id } });
    expect(await send()).toMatchObject({ message: { senderId: first } });
    await got(200, 'PATCH', `/v1/senders/${id}`, { setAsDefault: true });
    expect(await send()).toMatchObject({ message: { senderId: id } });
    await got(204, 'DELETE', `/v1/senders/${first}`);
    await got(404, 'GET', `/v1/senders/${first}`);
    const gone = await ask('POST', '/v1/messages', { body, headers: { 'zavu-sender': first } });
    expect(gone.status).toBe(404);
  });

  it('when a number was bought, changed and given back', async () => {
    const { id, phoneNumber } = await cast.number(account.key);
    const url = `/v1/phone-numbers/${id}`;
    expect(await got(200, 'GET', url)).toMatchObject({ phoneNumber: { id } });
    expect(await got(200, 'GET', '/v1/phone-numbers')).toMatchObject({ items: [{ id }] });
    const wanted = `/v1/phone-numbers/available?countryCode=US&contains=${phoneNumber.slice(2)}`;
    expect(await got(200, 'GET', wanted)).toEqual({ items: [] });
    const named = { name: 'Support' };
    expect(await got(200, 'PATCH', url, named)).toMatchObject({ phoneNumber: named });
    await got(204, 'DELETE', url);
    await got(404, 'GET', url);
  });
});

describe('read models that are far behind', () => {
  it('let no answer fail to what was done', async () => {
    const contact = await newContact();
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    readModels.pause = () => released;
    const senderId = await cast.sender(account.key, {
      name: 'x',
      webhookUrl: 'https://a.example.com',
    });
    expect(senderId).toMatch(/^snd_/);
    const changed = await ask('PATCH', `/v1/contacts/${contact.id}`, {
      body: { displayName: 'x' },
    });
    // It shows what is shown, and says how far that goes.
    expect(changed).toMatchObject({ status: 200, headers: { 'x-tollgate-revision': '0' } });
    release();
    expect(await got(200, 'GET', `/v1/contacts/${contact.id}`)).toMatchObject({ displayName: 'x' });
  });
});

describe('read models that are away', () => {
  it('keep no account from sending that has sent a moment ago', async () => {
    const id = await cast.sender(account.key);
    const body = { to: PHONE, text: 'x' };
    expect((await ask('POST', '/v1/messages', { body })).status).toBe(202);
    const away = jest.spyOn(readModels, 'get').mockRejectedValue(new ReadModelsUnavailable());
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    expect(await ask('POST', '/v1/messages', { body })).toMatchObject({
      status: 202,
      body: { message: { senderId: id } },
    });
    expect((await ask('GET', '/v1/senders')).status).toBe(503);
    away.mockRestore();
    now.mockRestore();
  });
});
