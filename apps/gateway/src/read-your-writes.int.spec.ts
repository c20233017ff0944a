import { setTimeout as delay } from 'node:timers/promises';
import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import type { Answer } from '../spec/answer';
import { Cast, expectStatus, type Account, type Team } from '../spec/cast';
import { SlowReadModels } from '../spec/slow-read-models';
import { GatewayWorld, OPERATOR_KEY, type Adapters } from '../spec/world';

/** Long beside a request, short beside the second that a read waits at most. */
const BEHIND_MS = 40;

let readModels: SlowReadModels;
let world: GatewayWorld;
let cast: Cast;
let team: Team;
let account: Account;

beforeAll(async () => {
  readModels = new SlowReadModels(new InMemoryReadModels());
  const adapters: Adapters = {
    events: new InMemoryEventLog(),
    snapshots: new InMemorySnapshots(),
    readModels,
    clock: new ManualClock(),
    ids: new SequentialIds(),
  };
  world = await GatewayWorld.start(adapters);
  cast = new Cast(world);
});

beforeEach(async () => {
  readModels.pause = () => delay(BEHIND_MS);
  team = await cast.team();
  account = await cast.account(team, { name: 'Sub', creditLimit: 5_000 });
});

afterAll(() => world.stop());

const KEYED = { 'idempotency-key': 'once' };

interface Asked {
  readonly key?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

function ask(method: string, url: string, asked: Asked = {}): Promise<Answer> {
  return world.send({ method, url, key: team.main.key.secret, ...asked });
}

/** What a read answers now. */
async function read(url: string, key = team.main.key.secret): Promise<unknown> {
  return expectStatus(200, await world.send({ method: 'GET', url, key }));
}

const balance = (key?: string): Promise<unknown> => read('/v1/balance', key);
const operatorSees = (url: string): Promise<unknown> => read(url, OPERATOR_KEY);

describe('the answer to a command is followed by reads that show it', () => {
  it('when a team was opened', async () => {
    const opened = await cast.team('Newest', 700);
    expect(await balance(opened.main.key.secret)).toMatchObject({ balance: 700 });
    expect(await operatorSees(`/operator/v1/teams/${opened.id}`)).toMatchObject({
      team: { name: 'Newest', balance: 700 },
    });
    expect(await operatorSees('/operator/v1/teams?limit=1')).toMatchObject({
      items: [{ id: opened.id, balance: 700 }],
    });
  });

  it('when a team was topped up or adjusted', async () => {
    const path = `/operator/v1/teams/${team.id}`;
    const asked = { key: OPERATOR_KEY, headers: KEYED };
    expectStatus(201, await ask('POST', `${path}/top-ups`, { ...asked, body: { amount: 5 } }));
    expect(await operatorSees('/operator/v1/teams?limit=1')).toMatchObject({
      items: [{ balance: 1_000_005 }],
    });
    const body = { amount: -10, reason: 'Typing error' };
    const headers = { 'idempotency-key': 'twice' };
    expectStatus(201, await ask('POST', `${path}/adjustments`, { ...asked, body, headers }));
    expect(await balance()).toMatchObject({ balance: 999_995 });
  });

  it('when a key of the main account was made and revoked', async () => {
    const { id, secret } = await cast.mainKey(team);
    const keys = `/operator/v1/teams/${team.id}/api-keys`;
    expect(await read('/v1/me', secret)).toMatchObject({ apiKey: { id } });
    expect(await operatorSees(keys)).toMatchObject({ items: [{ id, revokedAt: null }, {}] });
    expectStatus(204, await ask('DELETE', `${keys}/${id}`, { key: OPERATOR_KEY }));
    expect(await ask('GET', '/v1/me', { key: secret })).toMatchObject({ status: 401 });
    expect(await operatorSees(keys)).toMatchObject({
      items: [{ id, revokedAt: expect.any(Number) }, {}],
    });
  });

  it('when a sub-account was made: its key works, and spends', async () => {
    const made = await ask('POST', '/v1/sub-accounts', { body: { name: 'Newest' } });
    const { subAccount } = made.body as { subAccount: { id: string; apiKey: string } };
    const { id, apiKey } = subAccount;
    expect(await read('/v1/me', apiKey)).toMatchObject({ project: { id, name: 'Newest' } });
    expect(await read('/v1/sub-accounts?limit=1')).toMatchObject({ items: [{ id }] });
    await cast.message({ id: '', secret: apiKey });
    expect(await read(`/v1/sub-accounts/${id}`)).toMatchObject({ subAccount: { totalSpent: 1 } });
  });

  it('when a sub-account was updated, suspended and brought back', async () => {
    const url = `/v1/sub-accounts/${account.id}`;
    const body = { name: 'Other', creditLimit: null, metadata: { a: 1 }, status: 'inactive' };
    const updated = await ask('PATCH', url, { body });
    const subAccount = { id: account.id, ...body };
    expect(updated.body).toMatchObject({ subAccount });
    expect(await read(url)).toMatchObject({ subAccount });
    expect(await read('/v1/sub-accounts?limit=1')).toMatchObject({ items: [subAccount] });
    expect(await balance(account.key.secret)).toMatchObject({ creditLimit: null });
    expect(await ask('PATCH', url, { body: { status: 'active' } })).toMatchObject({
      body: { subAccount: { status: 'active' } },
    });
  });

  it('when a sub-account was deactivated: its keys are of no use any more', async () => {
    const other = await cast.key(team, account.id, 'test');
    const url = `/v1/sub-accounts/${account.id}`;
    expect(await balance(account.key.secret)).toMatchObject({ isSubAccount: true });
    expect(await ask('DELETE', url)).toMatchObject({ status: 200, body: { keysRevoked: 2 } });
    for (const key of [account.key.secret, other.secret]) {
      expect(await ask('GET', '/v1/balance', { key })).toMatchObject({ status: 401 });
    }
    expect(await read(url)).toMatchObject({ subAccount: { status: 'inactive' } });
    expect(await read(`${url}/api-keys`)).toMatchObject({
      items: [{ revokedAt: expect.any(Number) }, { revokedAt: expect.any(Number) }],
    });
  });

  it('when a key of a sub-account was made and revoked', async () => {
    const { id, secret } = await cast.key(team, account.id);
    expect(await read('/v1/me', secret)).toMatchObject({ apiKey: { id } });
    expect(await read(`/v1/sub-accounts/${account.id}/api-keys`)).toMatchObject({
      items: [{ id, revokedAt: null }, {}],
    });
    await cast.revoke(team, account.id, id);
    expect(await ask('GET', '/v1/me', { key: secret })).toMatchObject({ status: 401 });
  });

  it('when a message was sent', async () => {
    const key = account.key.secret;
    const id = await cast.message(account.key);
    expect(await read(`/v1/messages/${id}`, key)).toMatchObject({ message: { id, cost: 0.0075 } });
    expect(await read('/v1/messages', key)).toMatchObject({ items: [{ id }] });
    expect(await balance(key)).toMatchObject({ balance: 999_999, totalSpent: 1 });
    expect(await read(`/v1/sub-accounts/${account.id}/balance`)).toMatchObject({ totalSpent: 1 });
  });

  it('when an account was charged, and refunded', async () => {
    const key = account.key.secret;
    const id = await cast.charge(account.key, 10.5);
    expect(await balance(key)).toMatchObject({ balance: 999_989, totalSpent: 11 });
    expectStatus(201, await ask('POST', `/billing/v1/charges/${id}/refunds`, { key }));
    expect(await balance(key)).toMatchObject({ balance: 1_000_000, totalSpent: 0 });
    const body = { charges: [{ amount: 1 }, { amount: 1_000_000 }, { amount: 2 }] };
    expectStatus(200, await ask('POST', '/billing/v1/charges/batch', { key, body }));
    expect(await balance()).toMatchObject({ balance: 999_997 });
  });
});

describe('read models that are far behind', () => {
  it('are read as they are, and say how far they go', async () => {
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    readModels.pause = () => released;
    await cast.charge(account.key, 100);
    const key = account.key.secret;
    for (const url of ['/v1/balance', '/v1/me', '/v1/messages']) {
      const late = await ask('GET', url, { key });
      expect(late).toMatchObject({ status: 200, headers: { 'x-tollgate-revision': '4' } });
    }
    expect(await balance(key)).toMatchObject({ balance: 1_000_000, totalSpent: 0 });
    release();
    expect(await balance(key)).toMatchObject({ balance: 999_900, totalSpent: 100 });
    expect((await ask('GET', '/v1/balance', { key })).headers['x-tollgate-revision']).toBe(
      undefined,
    );
  });
});
