import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, type Account, type Team } from '../../spec/cast';
import { GatewayWorld, OPERATOR_KEY, type Adapters } from '../../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

const PER_MINUTE = 20;
const MINUTE_MS = 60_000;

let world: GatewayWorld;
let team: Team;
let account: Account;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory(), { rateLimitPerMinute: PER_MINUTE });
  const cast = new Cast(world);
  team = await cast.team();
  account = await cast.account(team);
});

afterAll(() => world.stop());

const ask = (key: string, method = 'GET', url = '/v1/me', body?: object): Promise<Answer> =>
  world.send({ method, url, key, body });

describe('a rate limit', () => {
  it('counts every request of an account, says how many are left, and then refuses', async () => {
    const key = account.key.secret;
    const requests: [string, string, object?][] = [
      ['GET', '/v1/me'],
      ['GET', '/v1/nothing'],
      ['POST', '/v1/sub-accounts', {}],
      ['POST', '/billing/v1/charges', { amount: 1 }],
      ['POST', '/billing/v1/charges', { amount: -1 }],
    ];
    const before = Date.now();
    for (let sent = 1; sent <= PER_MINUTE; sent += 1) {
      const [method, url, body] = requests[sent % requests.length]!;
      const { status, headers } = await ask(key, method, url, body);
      expect(status).not.toBe(429);
      expect(Number(headers['x-ratelimit-limit'])).toBe(PER_MINUTE);
      expect(Number(headers['x-ratelimit-remaining'])).toBe(PER_MINUTE - sent);
      expect(Number(headers['x-ratelimit-reset'])).toBeGreaterThan(before);
      expect(Number(headers['x-ratelimit-reset'])).toBeLessThanOrEqual(Date.now() + MINUTE_MS);
    }
    for (const [method, url, body] of requests) {
      const { eventCount } = world;
      expectLimited(await ask(key, method, url, body));
      expect(world.eventCount).toBe(eventCount);
    }
  });

  it("is each account's own, and never the operator's", async () => {
    const answer = await ask(team.main.key.secret);
    expect(answer.status).toBe(200);
    expect(Number(answer.headers['x-ratelimit-remaining'])).toBeGreaterThan(0);
    for (let sent = 0; sent <= PER_MINUTE; sent += 1) {
      const listed = await ask(OPERATOR_KEY, 'GET', '/operator/v1/teams');
      expect(listed.status).toBe(200);
      expect(listed.headers['x-ratelimit-limit']).toBeUndefined();
    }
  });

  it('is shared by all keys of an account', async () => {
    const test = await new Cast(world).key(team, account.id, 'test');
    expectLimited(await ask(test.secret));
  });
});

function expectLimited(answer: Answer): void {
  expect(faultsOf(answer)).toEqual([]);
  const { code, message, details } = answer.body as {
    code: string;
    message: string;
    details: { retryAfter: number };
  };
  expect([answer.status, code]).toEqual([429, 'rate_limited']);
  const at = new Date(details.retryAfter).toISOString();
  expect(message).toBe(`Rate limit exceeded. Retry after ${at}`);
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(Number(answer.headers['x-ratelimit-remaining'])).toBe(0);
  expect(answer.headers['x-should-retry']).toBeUndefined();
}
