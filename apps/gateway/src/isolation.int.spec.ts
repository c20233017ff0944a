import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf } from '../spec/answer';
import { CALLERS, TwoTeams, type Caller } from '../spec/two-teams';
import { GatewayWorld, type Adapters } from '../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

interface Row {
  readonly method: string;
  readonly path: string;
  readonly expected: Readonly<Record<Caller, number>>;
  readonly body: object | undefined;
}

function row(method: string, path: string, statuses: string, body?: object): Row {
  const named = statuses.split(' ').map((status, place) => [CALLERS[place]!, Number(status)]);
  return { method, path, body, expected: Object.fromEntries(named) as Row['expected'] };
}

/*
 * In the order of CALLERS. none: no key · operator: the operator's · revoked: the victim's, revoked
 * · stranger, strangerSub: another team's main and sub-account · sibling: the same team's · test,
 * own: the victim's · main: the victim's main account.
 */
const table: readonly Row[] = [
  row('GET', '/health/live', '200 200 200 200 200 200 200 200 200'),
  row('GET', '/health/ready', '200 200 200 200 200 200 200 200 200'),
  row('GET', '/v1/balance', '401 401 401 200 200 200 200 200 200'),
  row('GET', '/v1/me', '401 401 401 200 200 200 200 200 200'),
  row('POST', '/v1/sub-accounts', '401 401 401 201 403 403 403 403 201', { name: 'New' }),
  row('GET', '/v1/sub-accounts', '401 401 401 200 403 403 403 403 200'),
  row('GET', '/v1/sub-accounts/{id}', '401 401 401 404 403 403 403 403 200'),
  row('PATCH', '/v1/sub-accounts/{id}', '401 401 401 404 403 403 403 403 200', { name: 'New' }),
  row('DELETE', '/v1/sub-accounts/{id}', '401 401 401 404 403 403 403 403 200'),
  row('GET', '/v1/sub-accounts/{id}/balance', '401 401 401 404 403 403 403 403 200'),
  row('POST', '/v1/sub-accounts/{id}/api-keys', '401 401 401 404 403 403 403 403 201', {
    name: 'N',
  }),
  row('GET', '/v1/sub-accounts/{id}/api-keys', '401 401 401 404 403 403 403 403 200'),
  row('DELETE', '/v1/sub-accounts/{id}/api-keys/{keyId}', '401 401 401 404 403 403 403 403 204'),
  row('POST', '/v1/messages', '401 401 401 202 202 202 202 202 202', {
    to: '+14155550123',
    text: 'Hello',
  }),
  row('GET', '/v1/messages', '401 401 401 200 200 200 200 200 200'),
  row('GET', '/v1/messages/{id}', '401 401 401 404 404 404 200 200 404'),
  row('POST', '/billing/v1/charges', '401 401 401 201 201 201 403 201 201', { amount: 1 }),
  row('POST', '/billing/v1/charges/batch', '401 401 401 200 200 200 403 200 200', {
    charges: [{ amount: 1 }, { amount: 2 }],
  }),
  row('POST', '/billing/v1/charges/{id}/refunds', '401 401 401 404 404 404 403 201 404'),
  row('POST', '/operator/v1/teams', '401 201 401 401 401 401 401 401 401', { name: 'New' }),
  row('GET', '/operator/v1/teams', '401 200 401 401 401 401 401 401 401'),
  row('GET', '/operator/v1/teams/{id}', '401 200 401 401 401 401 401 401 401'),
  row('POST', '/operator/v1/teams/{id}/top-ups', '401 201 401 401 401 401 401 401 401', {
    amount: 1,
  }),
  row('POST', '/operator/v1/teams/{id}/adjustments', '401 201 401 401 401 401 401 401 401', {
    amount: -1,
    reason: 'Typing error',
  }),
  row('POST', '/operator/v1/teams/{id}/api-keys', '401 201 401 401 401 401 401 401 401', {
    name: 'New',
  }),
  row('GET', '/operator/v1/teams/{id}/api-keys', '401 200 401 401 401 401 401 401 401'),
  row('DELETE', '/operator/v1/teams/{id}/api-keys/{keyId}', '401 204 401 401 401 401 401 401 401'),
];

/** Such answers list what the operator may see of all teams. */
const SHOWS_TEAMS = /^\/operator\//;

let world: GatewayWorld;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
});

afterAll(() => world.stop());

describe('every route and every kind of key', () => {
  it('is in this table', async () => {
    const known = table.map(({ method, path }) => `${method} ${path}`);
    const documented = (await world.routes()).map(({ method, path }) => `${method} ${path}`);
    expect(known.sort()).toEqual(documented.sort());
  });

  it.each(table)('answers each key as it may: $method $path', async (route) => {
    const { method, path, expected, body } = route;
    const teams = await TwoTeams.in(world);
    const answered: Record<string, number> = {};
    for (const caller of callersInOrder(expected)) {
      const before = world.eventCount;
      const answer = await world.send({
        method,
        url: teams.url(path),
        key: teams.key(caller),
        body,
        headers: { 'idempotency-key': `${method} ${path} ${caller}` },
      });
      answered[caller] = answer.status;
      expect(faultsOf(answer)).toEqual([]);
      if (answer.status >= 400) expect(world.eventCount).toBe(before);
      const isShown = caller === 'operator' && SHOWS_TEAMS.test(path);
      const hidden = isShown ? [] : teams.hiddenFrom(caller);
      expect(hidden.filter((text) => seen(answer).includes(text))).toEqual([]);
    }
    expect(answered).toEqual(expected);
  });

  /** An error must not show whether a body would have been right. */
  it.each(table.filter(({ body }) => body !== undefined))(
    'refuses keys before bodies: $method $path',
    async ({ method, path, expected }) => {
      const teams = await TwoTeams.in(world);
      const url = teams.url(path);
      const wrong = { nothing: 'of this is known' };
      for (const caller of CALLERS) {
        const status = expected[caller];
        if (status !== 401 && status !== 403) continue;
        const answer = await world.send({ method, url, key: teams.key(caller), body: wrong });
        expect([caller, answer.status]).toEqual([caller, status]);
      }
    },
  );
});

describe("the operator's lists", () => {
  it('show teams, and nothing of what their accounts do', async () => {
    const teams = await TwoTeams.in(world);
    for (const path of ['/operator/v1/teams?limit=100', '/operator/v1/teams/{id}/api-keys']) {
      const url = teams.url(path);
      const answer = await world.send({ method: 'GET', url, key: teams.key('operator') });
      const hidden = teams.hiddenFrom('operator').filter((text) => answer.text.includes(text));
      expect([path, answer.status, hidden]).toEqual([path, 200, []]);
    }
  });
});

/** Who may do it comes last: some of these requests can be made once only. */
function callersInOrder(expected: Row['expected']): Caller[] {
  return [...CALLERS].sort((left, right) => expected[right] - expected[left]);
}

function seen({ text, headers }: { text: string; headers: object }): string {
  return text + JSON.stringify(headers);
}
