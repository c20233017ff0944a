import type { Charge, TeamKind } from '@tollgate/domain';
import type { CommandLog } from '@tollgate/ports';
import { AGAIN, FIRST, Stage } from '../../../spec/stage';
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

afterEach(() => stage.world.answerCommands());

afterAll(() => stage.stop());

async function send(more: object = {}, headers = {}): Promise<MessageView> {
  const body = { to: TO, text: TEXT, ...more };
  const sent = { key, body, headers };
  return (await stage.got<{ message: MessageView }>(202, 'POST', '/v1/messages', sent)).message;
}

const read = async (id: string): Promise<MessageView> =>
  (await stage.got<{ message: MessageView }>(200, 'GET', `/v1/messages/${id}`, { key })).message;

async function all(): Promise<readonly MessageView[]> {
  return (await stage.got<{ items: MessageView[] }>(200, 'GET', '/v1/messages', { key })).items;
}

/** The charge that a request makes, which is then taken for refused. */
async function chargeOf(body: object, headers = {}): Promise<Charge> {
  const asked: Charge[] = [];
  const refuse: CommandLog<TeamKind>['submit'] = async (_, commands) => {
    asked.push(commands[0] as Charge);
    const rejection = { code: 'account_inactive', accountId: account.id } as const;
    return [{ status: 'refused', rejection, streamRevision: 0 }];
  };
  stage.world.answerCommands(refuse);
  await stage.got(403, 'POST', '/v1/messages', { key, body, headers });
  stage.world.answerCommands();
  return asked[0]!;
}

describe('what a message says', () => {
  it('leaves the gateway sealed, under a key of its recipient alone', async () => {
    const body = { to: TO, text: TEXT, metadata: { order: 'secret order' } };
    const { data } = await chargeOf(body);
    const recipient = await stage.world.recipientOf(account.id, TO);
    expect(data.item).toMatchObject({ type: 'message', recipient, segments: 1 });
    expect(data.item).toMatchObject({ sealed: expect.stringContaining(`${recipient}.`) });
    for (const text of [TO, TO.slice(1), TEXT, 'secret order']) {
      expect(JSON.stringify(data)).not.toContain(text);
    }
  });

  it('is shown to the account, opened', async () => {
    const sent = await send({ metadata: { order: '7' } });
    expect(sent).toMatchObject({ to: TO, text: TEXT, metadata: { order: '7' }, status: 'queued' });
    expect(await read(sent.id)).toEqual(sent);
    expect(await all()).toEqual([sent]);
  });

  it('is gone when its recipient was erased; that it was sent and paid is not', async () => {
    const sent = await send({ metadata: { order: '7' } });
    await stage.world.erase(await stage.world.recipientOf(account.id, TO));
    const after = await read(sent.id);
    expect(after).toMatchObject({ id: sent.id, to: '', cost: 0.0075, channel: 'sms' });
    expect(after).not.toHaveProperty('text');
    expect(after).not.toHaveProperty('metadata');
    expect(await all()).toEqual([after]);
  });

  it('is not sealed for a request that is refused', async () => {
    let sealings = 0;
    const counting = await Stage.start({
      sealing: {
        seal: () => Promise.reject(new Error(`sealing ${(sealings += 1)}`)),
        open: () => Promise.reject(new Error('nothing to open')),
        recipientOf: () => Promise.reject(new Error(`sealing ${(sealings += 1)}`)),
      },
    });
    for (const body of [
      { to: 'x', text: 'a' },
      { to: TO },
      { to: TO, text: 'a', channel: 'fax' },
      { to: TO, text: 'a', channel: 'voice' },
      { to: 'ada@example.com', text: 'a' },
    ]) {
      await counting.got(400, 'POST', '/v1/messages', { body });
    }
    const headers = { 'zavu-sender': 'snd_none' };
    await counting.got(404, 'POST', '/v1/messages', { body: { to: TO, text: 'a' }, headers });
    await counting.stop();
    expect(sealings).toBe(0);
  });
});

describe('a repeated message', () => {
  const keyed = { idempotencyKey: 'once' };

  it("is the first one to the official client's retry, and a conflict to the caller", async () => {
    const first = await send(keyed, FIRST);
    expect(await send(keyed, AGAIN)).toEqual(first);
    const body = { to: TO, text: TEXT, ...keyed };
    expect(await stage.send('POST', '/v1/messages', { key, body })).toMatchObject({
      status: 409,
      headers: { 'x-should-retry': 'false' },
      body: { code: 'idempotency_conflict', details: { message: first } },
    });
  });

  it('from another sender is no retry of it', async () => {
    const [one, two] = [await stage.cast.sender(account.key), await stage.cast.sender(account.key)];
    const first = await send({}, { ...FIRST, 'zavu-sender': one });
    const second = await send({}, { ...AGAIN, 'zavu-sender': two });
    expect(second.id).not.toBe(first.id);
    expect(await send({}, { ...AGAIN, 'zavu-sender': one })).toEqual(first);
  });
});

describe('the sender of a message', () => {
  it('is the one that is named, else the default one, else none', async () => {
    expect(await send()).not.toHaveProperty('senderId');
    const first = await stage.cast.sender(account.key);
    const second = await stage.cast.sender(account.key);
    expect(await send()).toMatchObject({ senderId: first });
    expect(await send({}, { 'zavu-sender': '' })).toMatchObject({ senderId: first });
    const sent = await send({}, { 'zavu-sender': second });
    expect(sent).toMatchObject({ senderId: second });
    expect(await read(sent.id)).toMatchObject({ senderId: second });
    const body = { setAsDefault: true };
    await stage.got(200, 'PATCH', `/v1/senders/${second}`, { key, body });
    expect(await send()).toMatchObject({ senderId: second });
  });

  it.each(['snd_none', '%00', 'x'.repeat(301), 'snd_1, snd_2'])(
    'is not found when nobody is called so: %s',
    async (name) => {
      const more = { key, body: { to: TO, text: TEXT }, headers: { 'zavu-sender': name } };
      expect(await stage.got(404, 'POST', '/v1/messages', more)).toEqual({
        code: 'not_found',
        message: 'Template or sender not found.',
      });
    },
  );

  it('is not found any more once it was deleted', async () => {
    await stage.cast.sender(account.key);
    const other = await stage.cast.sender(account.key);
    const headers = { 'zavu-sender': other };
    await send({}, headers);
    await stage.got(204, 'DELETE', `/v1/senders/${other}`, { key });
    const more = { key, body: { to: TO, text: TEXT }, headers };
    await stage.got(404, 'POST', '/v1/messages', more);
  });

  it('decides with the recipient which channel a message goes by', async () => {
    const email = { to: 'ada@example.com', subject: 'A subject' };
    expect(await send()).toMatchObject({ channel: 'sms' });
    expect(await send({ channel: 'auto' })).toMatchObject({ channel: 'sms' });
    expect(await send(email)).toMatchObject({ channel: 'email' });
    expect(await send({ messageType: 'image' })).toMatchObject({ channel: 'whatsapp' });
    await stage.cast.sender(account.key, { name: 'One way', enableSmsOneway: true });
    expect(await send()).toMatchObject({ channel: 'sms_oneway' });
    expect(await send({ channel: 'sms' })).toMatchObject({ channel: 'sms' });
    expect(await send(email)).toMatchObject({ channel: 'email' });
  });

  it('does not send from a number that is suspended', async () => {
    const { id, phoneNumber } = await stage.cast.number(account.key);
    const sender = { name: 'x', phoneNumber, enableSmsOneway: true };
    await stage.cast.sender(account.key, sender);
    expect(await send()).toMatchObject({ channel: 'sms' });
    await suspend(id);
    const body = { to: TO, text: TEXT, channel: 'sms' };
    expect(await stage.got(400, 'POST', '/v1/messages', { key, body })).toEqual({
      code: 'bad_request',
      message: "The sender's phone number is suspended",
    });
    expect(await send()).toMatchObject({ channel: 'sms_oneway' });
  });
});

/** As the service does that keeps numbers, when a month was not paid. */
async function suspend(numberId: string): Promise<void> {
  const { id: accountId } = account;
  const origin = { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', teamId: stage.team.id, at: stage.clock.now() };
  const data = { numberId, reason: 'insufficient_balance' };
  const command = { ...origin, accountId, type: 'SuspendNumber', data } as const;
  await stage.world.messaging.submit(accountId, [command]);
  // An answer of the gateway about the same stream makes later reads wait for it.
  const url = `/v1/phone-numbers/${numberId}`;
  await stage.got(200, 'PATCH', url, { key, body: { name: 'Suspended' } });
}
