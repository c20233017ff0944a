import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, expectStatus, type Account, type Team } from '../../spec/cast';
import { GatewayWorld, type Adapters } from '../../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

interface Charged {
  readonly charge: { readonly id: string; readonly balanceMicros: number };
}

let world: GatewayWorld;
let cast: Cast;
let team: Team;
let account: Account;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  cast = new Cast(world);
});

/** A team with $1.00 and an account that may spend half of it. */
beforeEach(async () => {
  team = await cast.team('Acme', 100);
  account = await cast.account(team, { name: 'Capped', creditLimit: 50 });
});

afterAll(() => world.stop());

interface Posted {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function post<Body>(path: string, body: object, posted: Posted = {}): Promise<Answer<Body>> {
  const { key = account.key.secret, headers = {} } = posted;
  const url = `/billing/v1/charges${path}`;
  return world.send<Body>({ method: 'POST', url, key, body, headers });
}

const charge = (body: object, posted?: Posted): Promise<Answer<Charged>> =>
  post<Charged>('', body, posted);

async function charged(amount: number): Promise<string> {
  return expectStatus(201, await charge({ amount })).charge.id;
}

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

describe('a charge', () => {
  it('is answered with what it did, to the micro', async () => {
    const answer = await charge({ amount: 12.3456, reference: 'R-1', description: 'A thing' });
    expect(answer.status).toBe(201);
    expect(answer.body).toStrictEqual({
      charge: {
        id: expect.stringMatching(/^chg_[0-9A-Z]{16}$/),
        accountId: account.id,
        amount: 12.3456,
        amountMicros: 123_456,
        balance: 87,
        balanceMicros: 876_544,
        totalSpent: 13,
        totalSpentMicros: 123_456,
        reference: 'R-1',
        createdAt: expect.stringMatching(ISO_TIME),
      },
    });
    expect((await charge({ amount: 0.0001 })).body).toMatchObject({
      charge: { reference: null, balanceMicros: 876_543, totalSpentMicros: 123_457 },
    });
  });

  it('may reach the credit limit, and not pass it by a micro', async () => {
    await charged(49.9999);
    await expectRefused(charge({ amount: 0.0002 }), 402, {
      code: 'credit_limit_reached',
      details: { creditLimit: 50, totalSpent: 49.9999, required: 0.0002 },
    });
    await charged(0.0001);
    await expectRefused(charge({ amount: 0.0001 }), 402, { code: 'credit_limit_reached' });
  });

  it('may take the whole balance, and not a micro more', async () => {
    const key = team.main.key.secret;
    await charged(50);
    expect((await charge({ amount: 49.9999 }, { key })).status).toBe(201);
    await expectRefused(charge({ amount: 0.0002 }, { key }), 402, {
      code: 'insufficient_balance',
      details: { required: 0.0002, available: 0.0001 },
    });
    expect((await charge({ amount: 0.0001 }, { key })).body).toMatchObject({
      charge: { balanceMicros: 0 },
    });
  });

  it('of a suspended account is refused', async () => {
    const url = `/v1/sub-accounts/${account.id}`;
    const suspension = { method: 'PATCH', url, key: team.main.key.secret };
    expectStatus(200, await world.send({ ...suspension, body: { status: 'inactive' } }));
    await expectRefused(charge({ amount: 1 }), 403, { code: 'sub_account_inactive' });
  });

  it('of a test key is refused', async () => {
    const { secret: key } = await cast.key(team, account.id, 'test');
    await expectRefused(charge({ amount: 1 }, { key }), 403, { code: 'forbidden' });
  });

  it.each([
    ['in the body', { body: { idempotencyKey: 'once' }, headers: {} }],
    ['in the header', { body: {}, headers: { 'idempotency-key': 'once' } }],
  ])('is made once for a key %s', async (_, { body, headers }) => {
    const first = await charge({ amount: 1, ...body }, { headers });
    const { eventCount } = world;
    const again = await charge({ amount: 1, ...body }, { headers });
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
    expect(again.text).toBe(first.text);
    expect(world.eventCount).toBe(eventCount);
    const other = charge({ amount: 1, reference: 'R-2', ...body }, { headers });
    await expectRefused(other, 422, { code: 'idempotency_key_reused' });
  });

  it('that was refused does not use its key up', async () => {
    const sent = { amount: 60, idempotencyKey: 'later' };
    await expectRefused(charge(sent), 402, { code: 'credit_limit_reached' });
    const url = `/v1/sub-accounts/${account.id}`;
    const raise = { method: 'PATCH', url, key: team.main.key.secret, body: { creditLimit: 60 } };
    expectStatus(200, await world.send(raise));
    expect((await charge(sent)).status).toBe(201);
  });

  it.each([
    [{ amount: 1, reference: '' }, 'reference'],
    [{ amount: 1, reference: 'x'.repeat(256) }, 'reference'],
    [{ amount: 1, description: 'x'.repeat(501) }, 'description'],
    [{ amount: 1, accountId: 'acc_1' }, 'accountId'],
  ])('is refused: %j', (body, name) =>
    expectRefused(charge(body), 400, { details: { errors: [{ path: [name] }] } }),
  );
});

describe('a batch of charges', () => {
  const batch = (charges: readonly object[], posted?: Posted): Promise<Answer> =>
    post('/batch', { charges }, posted);

  it('has an outcome for each, in order, as if they came one by one', async () => {
    const answer = await batch([
      { amount: 30, reference: 'a' },
      { amount: 30, reference: 'b' },
      { amount: 19.9999, reference: 'c' },
      { amount: 0.0002, reference: 'd' },
      { amount: 0.0001, reference: 'e' },
    ]);
    expect(answer.body).toMatchObject({
      results: [
        { status: 'accepted', charge: { reference: 'a', totalSpentMicros: 300_000 } },
        { status: 'refused', code: 'credit_limit_reached', details: { totalSpent: 30 } },
        { status: 'accepted', charge: { reference: 'c', totalSpentMicros: 499_999 } },
        { status: 'refused', code: 'credit_limit_reached', details: { required: 0.0002 } },
        { status: 'accepted', charge: { reference: 'e', totalSpentMicros: 500_000 } },
      ],
    });
    const { results } = answer.body as { results: object[] };
    expect(Object.keys(results[0]!)).toEqual(['status', 'charge']);
    expect(Object.keys(results[1]!)).toEqual(['status', 'code', 'message', 'details']);
  });

  it('makes each keyed charge once, within a batch and over two', async () => {
    const keyed = { amount: 1, idempotencyKey: 'once' };
    const first = await batch([keyed, { amount: 2, idempotencyKey: 'twice' }, keyed]);
    const { results } = first.body as { results: readonly object[] };
    expect(results[2]).toEqual(results[0]);
    const { eventCount } = world;
    const again = await batch([keyed, { amount: 3, idempotencyKey: 'twice' }]);
    expect(again.body).toMatchObject({
      results: [results[0], { status: 'refused', code: 'idempotency_key_reused' }],
    });
    expect(world.eventCount).toBe(eventCount);
  });

  it('has no use for a key in the header: it would be one for all', async () => {
    const headers = { 'idempotency-key': 'header' };
    const first = await batch([{ amount: 1 }, { amount: 1 }], { headers });
    expect(first.body).toMatchObject({ results: [{ status: 'accepted' }, { status: 'accepted' }] });
  });

  it.each([
    [[], ['charges']],
    [Array.from({ length: 1_001 }, () => ({ amount: 1 })), ['charges']],
    [
      [{ amount: 1 }, { amount: -1 }],
      ['charges', 1, 'amount'],
    ],
    [
      [{ amount: 1 }, {}],
      ['charges', 1, 'amount'],
    ],
    [[{ amount: 1, x: 1 }], ['charges', 0, 'x']],
    [
      [{ amount: 1 }, { amount: 0.00001 }],
      ['charges', 1, 'amount'],
    ],
    [[null], ['charges', 0]],
  ])('is refused as a whole when one is invalid: %#', (charges, path) =>
    expectRefused(batch(charges as object[]), 400, { details: { errors: [{ path }] } }),
  );
});
