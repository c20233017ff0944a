import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, type Team } from '../../spec/cast';
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

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  team = await new Cast(world).team();
});

afterAll(() => world.stop());

type Body = object | string | Buffer;

const post = (url: string, body: Body, headers = {}): Promise<Answer> =>
  world.send({ method: 'POST', url, key: team.main.key.secret, body, headers });
const create = (body: Body, headers = {}): Promise<Answer> =>
  post('/v1/sub-accounts', body, headers);
const charge = (body: Body): Promise<Answer> => post('/billing/v1/charges', body);

/** Refused with 400 for this place, changing nothing. */
async function expectInvalid(
  answering: Promise<Answer>,
  path: (string | number)[],
  message: unknown = expect.any(String),
): Promise<void> {
  const before = world.eventCount;
  const answer = await answering;
  expect(faultsOf(answer)).toEqual([]);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: { errors: [{ path, message }] } },
  });
  expect(world.eventCount).toBe(before);
}

describe('an amount', () => {
  it.each(['1e-7', '0.00001', '1.00005', '99.99999', '1e-320', '0.30000000000000004'])(
    'has at most four decimals: %s cents',
    (amount) =>
      expectInvalid(
        charge(`{"amount":${amount}}`),
        ['amount'],
        'must be an amount in cents with at most four decimals',
      ),
  );

  it.each([
    '0',
    '-0',
    '-1',
    '1e400',
    '-1e400',
    '900000000001',
    '1e300',
    '"1"',
    'true',
    'null',
    '[]',
  ])('is a number above 0 that can be counted: %s', (amount) =>
    expectInvalid(charge(`{"amount":${amount}}`), ['amount']),
  );

  it.each([
    ['0.0001', 1],
    ['0.1', 1_000],
    ['0.29', 2_900],
    ['1.005', 10_050],
    ['1e1', 100_000],
    ['12.3456', 123_456],
  ])('is exact to the micro: %s cents', async (amount, amountMicros) => {
    const answer = await charge(`{"amount":${amount}}`);
    expect(answer.body).toMatchObject({ charge: { amount: Number(amount), amountMicros } });
  });

  it.each(['1e400', '1e-7', '0.5', '-1', '900000000001', '"1"', 'true', '{}'])(
    'of a credit limit is whole cents: %s',
    (limit) => expectInvalid(create(`{"name":"x","creditLimit":${limit}}`), ['creditLimit']),
  );

  it.each(['0', '-0', 'null'])('of %s is no credit limit', async (limit) => {
    const answer = await create(`{"name":"x","creditLimit":${limit}}`);
    expect(answer.body).toMatchObject({ subAccount: { creditLimit: null } });
  });

  it.each(['0', '-1', '0.5', '1e400', '900000000001', '"1"'])(
    'of a top-up is whole cents above 0: %s',
    (amount) =>
      expectInvalid(
        world.send({
          method: 'POST',
          url: `/operator/v1/teams/${team.id}/top-ups`,
          key: OPERATOR_KEY,
          body: `{"amount":${amount}}`,
          headers: { 'idempotency-key': 'a' },
        }),
        ['amount'],
      ),
  );
});
