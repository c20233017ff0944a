import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, expectStatus, type Team } from '../../spec/cast';
import { GatewayWorld, OPERATOR_KEY, type Adapters } from '../../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

let world: GatewayWorld;
let team: Team;
let secret: string;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  team = await new Cast(world).team();
  secret = team.main.key.secret;
});

afterAll(() => world.stop());

function me(authorization?: string): Promise<Answer> {
  const headers = authorization === undefined ? {} : { authorization };
  return world.send({ method: 'GET', url: '/v1/me', headers });
}

describe('authorization', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('is by bearer token: %s', async (scheme) => {
    expect((await me(`${scheme} ${secret}`)).status).toBe(200);
    expect((await me(`${scheme}   ${secret}  `)).status).toBe(200);
  });

  it.each([
    ['none', undefined],
    ['empty', ''],
    ['a scheme without a token', 'Bearer'],
    ['a scheme and a space', 'Bearer '],
    ['another scheme', 'Basic dGdfOg=='],
    ['a scheme that only begins so', 'Bearers KEY'],
    ['a token without a scheme', 'KEY'],
    ['a token without a space', 'BearerKEY'],
    ['a token with a tab', 'Bearer\tKEY'],
    ['two tokens', 'Bearer KEY KEY'],
    ['a quoted token', 'Bearer "KEY"'],
    ['a token in capitals', 'Bearer UPPER'],
    ['part of a token', 'Bearer PART'],
    ["the operator's key", `Bearer ${OPERATOR_KEY}`],
    ['a very long token', `Bearer ${'a'.repeat(8_000)}`],
    ['no text', 'Bearer \u00ff\u00fe'],
  ])('is refused otherwise: %s', async (_, header) => {
    const authorization = header
      ?.replaceAll('KEY', secret)
      .replace('UPPER', secret.toUpperCase())
      .replace('PART', secret.slice(0, -1));
    const answer = await me(authorization);
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'unauthorized', message: 'Invalid or missing API key.' },
    });
  });

  it.each(['', 'a', OPERATOR_KEY.slice(0, -1), `${OPERATOR_KEY}x`, OPERATOR_KEY.toUpperCase()])(
    'of the operator takes the whole key: "%s"',
    async (key) => {
      const answer = await world.send({ method: 'GET', url: '/operator/v1/teams', key });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    },
  );

  it('comes before everything else that may be wrong with a request', async () => {
    const sent = [
      { method: 'POST', url: '/v1/sub-accounts', body: '{' },
      { method: 'POST', url: '/v1/sub-accounts', body: 'x', headers: { 'content-type': 'a/b' } },
      { method: 'POST', url: '/billing/v1/charges', body: { amount: -1 } },
      { method: 'PUT', url: '/v1/sub-accounts' },
      { method: 'GET', url: '/v1/nothing' },
      { method: 'POST', url: '/operator/v1/teams', body: '{' },
      { method: 'GET', url: '/operator/v1/nothing' },
    ];
    for (const request of sent) {
      expect(await world.send(request)).toMatchObject({ status: 401 });
      expect(await world.send({ ...request, key: 'tg_live_wrong' })).toMatchObject({ status: 401 });
    }
  });
});

describe('an idempotency key', () => {
  const charge = (idempotencyKey: string, body: object = { amount: 1 }): Promise<Answer> =>
    world.send({
      method: 'POST',
      url: '/billing/v1/charges',
      key: secret,
      body,
      headers: { 'idempotency-key': idempotencyKey },
    });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
  ])('of a header has 1 to 255 characters: %s', async (_, key) => {
    const before = world.eventCount;
    const routes = ['/v1/sub-accounts', '/v1/messages', '/billing/v1/charges'];
    const bodies = [{ name: 'x' }, { to: '+14155550123', text: 'Hello' }, { amount: 1 }];
    for (const [place, url] of routes.entries()) {
      const headers = { 'idempotency-key': key };
      const sent = { method: 'POST', url, key: secret, body: bodies[place]!, headers };
      const answer = await world.send(sent);
      expect(faultsOf(answer)).toEqual([]);
      expect(answer).toMatchObject({
        status: 400,
        body: { details: { errors: [{ path: ['Idempotency-Key'] }] } },
      });
    }
    expect(world.eventCount).toBe(before);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['no text', 1],
  ])('of a body has 1 to 255 characters: %s', async (_, idempotencyKey) => {
    const message = { to: '+14155550123', text: 'Hello', idempotencyKey };
    for (const [url, body] of [
      ['/billing/v1/charges', { amount: 1, idempotencyKey }],
      ['/v1/messages', message],
    ] as const) {
      const answer = await world.send({ method: 'POST', url, key: secret, body });
      expect(answer).toMatchObject({
        status: 400,
        body: { details: { errors: [{ path: ['idempotencyKey'] }] } },
      });
    }
  });

  it('is any text of that length', async () => {
    for (const key of [' ', 'k'.repeat(255), 'a, b', '__proto__', '\u00e9', '"', '%20']) {
      const first = await charge(key);
      const again = await charge(key);
      expect(first.status).toBe(201);
      expect(first.headers['idempotent-replayed']).toBeUndefined();
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(again.text).toBe(first.text);
    }
  });

  it("of the body comes before the header's", async () => {
    const first = await charge('header', { amount: 1, idempotencyKey: 'body' });
    const again = await charge('another header', { amount: 1, idempotencyKey: 'body' });
    const other = await charge('header', { amount: 2 });
    expect(again.text).toBe(first.text);
    expect(other).toMatchObject({ status: 201, body: { charge: { amount: 2 } } });
  });

  it('stands for one request, whatever its route', async () => {
    expectStatus(201, await charge('one route'));
    const answer = await world.send({
      method: 'POST',
      url: '/v1/sub-accounts',
      key: secret,
      body: { name: 'x' },
      headers: { 'idempotency-key': 'one route' },
    });
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it("is no business of another account's", async () => {
    const account = await new Cast(world).account(team);
    const first = await charge('shared');
    const answer = await world.send({
      method: 'POST',
      url: '/billing/v1/charges',
      key: account.key.secret,
      body: { amount: 1 },
      headers: { 'idempotency-key': 'shared' },
    });
    expect(answer).toMatchObject({ status: 201, body: { charge: { accountId: account.id } } });
    expect(answer.text).not.toBe(first.text);
  });

  it('makes a sub-account once, and its key', async () => {
    const create = (path: string, body: object): Promise<Answer> =>
      world.send({
        method: 'POST',
        url: `/v1/sub-accounts${path}`,
        key: secret,
        body,
        headers: { 'idempotency-key': `create${path}` },
      });
    const first = await create('', { name: 'Once' });
    const again = await create('', { name: 'Once' });
    expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
    expect(again.text).toBe(first.text);
    const { subAccount } = first.body as { subAccount: { id: string } };
    const path = `/${subAccount.id}/api-keys`;
    const key = await create(path, { name: 'Once' });
    expect((await create(path, { name: 'Once' })).text).toBe(key.text);
    expect((await create(path, { name: 'Twice' })).status).toBe(422);
  });
});

describe('a sender', () => {
  it('that is named does not exist yet', async () => {
    const answer = await world.send({
      method: 'POST',
      url: '/v1/messages',
      key: secret,
      body: { to: '+14155550123', text: 'Hello' },
      headers: { 'zavu-sender': 'snd_1' },
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
