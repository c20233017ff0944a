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

interface Refunded {
  readonly refund: { readonly id: string; readonly amountMicros: number };
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

const refund = (id: string, body: object = {}, posted?: Posted): Promise<Answer<Refunded>> =>
  post<Refunded>(`/${id}/refunds`, body, posted);

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

describe('a refund', () => {
  it('gives back what is left of a charge', async () => {
    const chargeId = await charged(10.0001);
    expect((await refund(chargeId, { amount: 3.5 })).body).toStrictEqual({
      refund: {
        id: expect.stringMatching(/^ref_[0-9A-Z]{16}$/),
        chargeId,
        amount: 3.5,
        amountMicros: 35_000,
        balance: 93,
        balanceMicros: 934_999,
        totalSpent: 7,
        totalSpentMicros: 65_001,
        createdAt: expect.stringMatching(ISO_TIME),
      },
    });
    await expectRefused(refund(chargeId, { amount: 6.5002 }), 422, {
      code: 'exceeds_charge',
      details: { refundable: 6.5001, required: 6.5002 },
    });
    expect((await refund(chargeId)).body).toMatchObject({ refund: { amountMicros: 65_001 } });
    await expectRefused(refund(chargeId), 422, { code: 'exceeds_charge' });
  });

  it('is made once for a key, in the body or the header', async () => {
    const chargeId = await charged(10);
    for (const [body, headers] of [
      [{ amount: 1, idempotencyKey: 'once' }, {}],
      [{ amount: 1 }, { 'idempotency-key': 'once more' }],
    ] as const) {
      const first = await refund(chargeId, body, { headers });
      const again = await refund(chargeId, body, { headers });
      expect(again).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
      expect(again.text).toBe(first.text);
      await expectRefused(refund(chargeId, { ...body, amount: 2 }, { headers }), 422, {
        code: 'idempotency_key_reused',
      });
    }
    expect((await refund(chargeId)).body).toMatchObject({ refund: { amount: 8 } });
  });

  it('makes room below the credit limit again', async () => {
    const chargeId = await charged(50);
    await expectRefused(charge({ amount: 1 }), 402, { code: 'credit_limit_reached' });
    expectStatus(201, await refund(chargeId, { amount: 1 }));
    await charged(1);
  });

  it("is of the account's own charges only", async () => {
    const chargeId = await charged(10);
    const sibling = await cast.account(team);
    const stranger = await cast.team('Other', 100);
    for (const { key } of [sibling, team.main, stranger.main]) {
      const answering = refund(chargeId, {}, { key: key.secret });
      await expectRefused(answering, 404, { code: 'not_found', message: 'Charge not found.' });
    }
  });

  it.each([
    [{ amount: 0 }, 'amount'],
    [{ amount: -1 }, 'amount'],
    [{ amount: 0.00001 }, 'amount'],
    [{ reason: '' }, 'reason'],
    [{ all: true }, 'all'],
  ])('is refused: %j', async (body, name) => {
    const chargeId = await charged(10);
    await expectRefused(refund(chargeId, body), 400, { details: { errors: [{ path: [name] }] } });
  });
});
