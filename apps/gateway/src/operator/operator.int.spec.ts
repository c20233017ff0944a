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

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let world: GatewayWorld;
let cast: Cast;
let team: Team;
let keys = 0;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  cast = new Cast(world);
});

beforeEach(async () => {
  team = await cast.team('Acme', 10_000);
});

afterAll(() => world.stop());

function post<Body>(path: string, body: object, idempotencyKey?: string): Promise<Answer<Body>> {
  const headers = { 'idempotency-key': idempotencyKey ?? `key ${(keys += 1)}` };
  const url = `/operator/v1/teams${path}`;
  return world.send<Body>({ method: 'POST', url, key: OPERATOR_KEY, body, headers });
}

const get = <Body>(path: string): Promise<Answer<Body>> =>
  world.send<Body>({ method: 'GET', url: `/operator/v1/teams${path}`, key: OPERATOR_KEY });

async function balanceMicros(): Promise<number> {
  const answer = await get<{ team: { balanceMicros: number } }>(`/${team.id}`);
  return expectStatus(200, answer).team.balanceMicros;
}

/** Refused in the shape of errors, with the balance as it was. */
async function expectRefused(
  answering: Promise<Answer>,
  status: number,
  body: object,
): Promise<void> {
  const before = world.eventCount;
  const answer = await answering;
  expect(faultsOf(answer)).toEqual([]);
  expect(answer).toMatchObject({ status, body });
  expect(world.eventCount).toBe(before);
}

/** Sent twice, it is answered twice with the same bytes, and done once. */
async function expectOnce(path: string, body: object, other: object): Promise<void> {
  const first = await post(path, body, 'once');
  const { eventCount } = world;
  const again = await post(path, body, 'once');
  expect(first.status).toBe(201);
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
  expect(again.text).toBe(first.text);
  expect(world.eventCount).toBe(eventCount);
  await expectRefused(post(path, other, 'once'), 422, { code: 'idempotency_key_reused' });
}

describe('opening a team', () => {
  it('answers the team and the first key of its main account', async () => {
    const answer = await post('', { name: 'Newest', currency: 'usd', openingBalance: 250 });
    expect(answer.body).toStrictEqual({
      team: {
        id: expect.stringMatching(/^tm_/),
        name: 'Newest',
        currency: 'usd',
        balance: 250,
        balanceMicros: 2_500_000,
        createdAt: expect.stringMatching(ISO_TIME),
        mainAccount: { id: expect.stringMatching(/^acc_/) },
      },
      apiKey: {
        id: expect.stringMatching(/^key_/),
        key: expect.stringMatching(/^tg_live_[0-9a-z]{38}$/),
        name: 'Default',
        environment: 'live',
      },
    });
  });

  it('is done once for an idempotency key, which may be left out', async () => {
    await expectOnce('', { name: 'Once', openingBalance: 5 }, { name: 'Once', openingBalance: 6 });
    const unkeyed = { method: 'POST', url: '/operator/v1/teams', key: OPERATOR_KEY };
    const ids = new Set<string>();
    for (let made = 0; made < 2; made += 1) {
      const sent = { ...unkeyed, body: { name: 'Once' } };
      const answer = await world.send<{ team: { id: string } }>(sent);
      ids.add(expectStatus(201, answer).team.id);
    }
    expect(ids.size).toBe(2);
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'x', currency: 'eur' }, 'currency'],
    [{ name: 'x', openingBalance: -1 }, 'openingBalance'],
    [{ name: 'x', openingBalance: 0.5 }, 'openingBalance'],
    [{ name: 'x', balance: 1 }, 'balance'],
  ])('is refused: %j', (body, name) =>
    expectRefused(post('', body), 400, { details: { errors: [{ path: [name] }] } }),
  );
});

describe('a top-up', () => {
  it('answers the balance after it', async () => {
    const answer = await post(`/${team.id}/top-ups`, { amount: 5, reference: 'INV-1' });
    expect(answer.status).toBe(201);
    expect(answer.body).toStrictEqual({
      topUp: {
        id: expect.stringMatching(/^top_/),
        amount: 5,
        balance: 10_005,
        balanceMicros: 100_050_000,
        createdAt: expect.stringMatching(ISO_TIME),
      },
    });
    expect(await balanceMicros()).toBe(100_050_000);
  });

  it('is made once', () => expectOnce(`/${team.id}/top-ups`, { amount: 5 }, { amount: 6 }));

  it('needs an idempotency key, and keys of two teams never meet', async () => {
    const url = `/operator/v1/teams/${team.id}/top-ups`;
    const sent = { method: 'POST', url, key: OPERATOR_KEY, body: { amount: 5 } };
    await expectRefused(world.send(sent), 400, {
      details: { errors: [{ path: ['Idempotency-Key'], message: 'is required on this route' }] },
    });
    const other = await cast.team('Other', 0);
    expect((await post(`/${team.id}/top-ups`, { amount: 5 }, 'same')).status).toBe(201);
    expect(await post(`/${other.id}/top-ups`, { amount: 5 }, 'same')).toMatchObject({
      status: 201,
      body: { topUp: { balance: 5 } },
    });
  });

  it('keeps the balance countable', async () => {
    const path = `/${team.id}/top-ups`;
    expect((await post(path, { amount: 900_000_000_000 })).status).toBe(201);
    await expectRefused(post(path, { amount: 900_000_000_000 }), 400, { code: 'invalid_request' });
  });

  it('of a team that is not there is refused', () =>
    expectRefused(post('/tm_nothing/top-ups', { amount: 5 }), 404, { code: 'not_found' }));
});

describe('an adjustment', () => {
  const adjust = (body: object): Promise<Answer> => post(`/${team.id}/adjustments`, body);

  it('answers the balance after it, and the reason', async () => {
    const answer = await adjust({ amount: -50, reason: 'Typing error' });
    expect(answer.status).toBe(201);
    expect(answer.body).toStrictEqual({
      adjustment: {
        id: expect.stringMatching(/^adj_/),
        amount: -50,
        balance: 9_950,
        balanceMicros: 99_500_000,
        createdAt: expect.stringMatching(ISO_TIME),
        reason: 'Typing error',
      },
    });
    expect(await adjust({ amount: 50, reason: 'It was none' })).toMatchObject({
      body: { adjustment: { amount: 50, balance: 10_000 } },
    });
  });

  it('is made once', () =>
    expectOnce(
      `/${team.id}/adjustments`,
      { amount: -5, reason: 'a' },
      { amount: -5, reason: 'b' },
    ));

  it('overdraws by force only, and then nobody spends', async () => {
    const reason = 'The top-up bounced';
    await expectRefused(adjust({ amount: -10_001, reason }), 422, {
      code: 'would_overdraw',
      details: { required: 10_001, available: 10_000 },
    });
    expect(await adjust({ amount: -10_001, reason, force: true })).toMatchObject({
      body: { adjustment: { balance: -1, balanceMicros: -10_000 } },
    });
    const key = team.main.key.secret;
    const charge = { method: 'POST', url: '/billing/v1/charges', key, body: { amount: 0.0001 } };
    await expectRefused(world.send(charge), 402, {
      code: 'insufficient_balance',
      details: { required: 0.0001, available: -1 },
    });
  });

  it.each([
    [{ amount: 1 }, 'reason'],
    [{ amount: 1, reason: '' }, 'reason'],
    [{ amount: 0, reason: 'x' }, 'amount'],
    [{ amount: 0.5, reason: 'x' }, 'amount'],
    [{ amount: -900_000_000_001, reason: 'x' }, 'amount'],
    [{ amount: 1, reason: 'x', force: 'yes' }, 'force'],
  ])('is refused: %j', (body, name) =>
    expectRefused(adjust(body), 400, { details: { errors: [{ path: [name] }] } }),
  );
});

describe('the list of teams', () => {
  it('is newest first, page by page', async () => {
    const newest = await cast.team('Newest');
    const first = await get<{ items: { id: string }[]; nextCursor: string }>('?limit=1');
    expect(first.body.items.map(({ id }) => id)).toEqual([newest.id]);
    const second = await get<{ items: { id: string }[] }>(
      `?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(second.body.items.map(({ id }) => id)).toEqual([team.id]);
  });
});

describe('a key of the main account', () => {
  it('is made once, listed without its secret, and revoked for good', async () => {
    const path = `/${team.id}/api-keys`;
    await expectOnce(path, { name: 'CI', environment: 'test' }, { name: 'CI' });
    const listed = await get<{ items: { id: string }[] }>(path);
    expect(listed.body.items).toStrictEqual([
      listedKey({ name: 'CI', environment: 'test', prefix: 'tg_test_' }),
      listedKey({ name: 'Default', environment: 'live', prefix: 'tg_live_' }),
    ]);
    const url = `/operator/v1/teams/${team.id}/api-keys/${listed.body.items[0]!.id}`;
    for (let revoked = 0; revoked < 2; revoked += 1) {
      const answer = await world.send({ method: 'DELETE', url, key: OPERATOR_KEY });
      expect(answer).toMatchObject({ status: 204, text: '' });
    }
    const after = await get<{ items: { revokedAt: number | null }[] }>(path);
    expect(after.body.items.map(({ revokedAt }) => revokedAt)).toEqual([expect.any(Number), null]);
  });

  it("of a sub-account is not the operator's to revoke here", async () => {
    const account = await cast.account(team);
    const url = `/operator/v1/teams/${team.id}/api-keys/${account.key.id}`;
    await expectRefused(world.send({ method: 'DELETE', url, key: OPERATOR_KEY }), 404, {
      code: 'not_found',
    });
  });
});

function listedKey(key: { name: string; environment: string; prefix: string }): object {
  return {
    id: expect.stringMatching(/^key_/),
    name: key.name,
    keyPrefix: expect.stringMatching(new RegExp(`^${key.prefix}[0-9a-z]{6}$`)),
    environment: key.environment,
    createdAt: expect.any(Number),
    lastUsedAt: null,
    revokedAt: null,
  };
}
