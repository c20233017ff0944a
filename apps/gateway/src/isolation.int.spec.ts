import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../spec/answer';
import { routes, type Row } from '../spec/isolation/routes';
import { CALLERS, TwoTeams, type Caller } from '../spec/two-teams';
import { GatewayWorld, type Adapters } from '../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

const TIMEOUT_MS = 120_000;

/** Such answers list what the operator may see of all teams. */
const SHOWS_TEAMS = /^\/operator\//;

let world: GatewayWorld;
let cells = 0;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
});

afterAll(async () => {
  await world.stop();
  console.info(`isolation: ${cells} cells of ${routes.length} routes were checked`);
});

/** One cell: the answer keeps the form, shows nothing foreign, and refused is unchanged. */
async function ask(row: Row, caller: Caller, teams: TwoTeams): Promise<number> {
  const { method, path, query = '' } = row;
  const before = world.eventCount;
  const answer = await world.send({
    method,
    url: teams.url(path) + query,
    key: teams.key(caller),
    body: bodyOf(row, caller, teams),
    headers: { 'idempotency-key': `${method} ${path} ${caller}` },
  });
  expect(faultsOf(answer)).toEqual([]);
  if (answer.status >= 400) expect(world.eventCount).toBe(before);
  const isShown = caller === 'operator' && SHOWS_TEAMS.test(path);
  expectHidden(answer, isShown ? [] : teams.hiddenFrom(caller));
  return answer.status;
}

function expectHidden({ text, headers }: Answer, hidden: readonly string[]): void {
  const seen = text + JSON.stringify(headers);
  expect(hidden.filter((each) => seen.includes(each))).toEqual([]);
  cells += 1;
}

function bodyOf({ body }: Row, caller: Caller, teams: TwoTeams): object | undefined {
  return typeof body === 'function' ? body(teams, caller) : body;
}

describe('every route and every kind of key', () => {
  it('is in the table', async () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    const documented = (await world.routes()).map(({ method, path }) => `${method} ${path}`);
    expect(known.sort()).toEqual(documented.sort());
  });

  it.each(routes)(
    'answers each key as it may: $method $path',
    async (row) => {
      const { expected, isOnce = false } = row;
      let teams = await TwoTeams.in(world);
      const answered: Record<string, number> = {};
      for (const caller of callersInOrder(expected)) {
        answered[caller] = await ask(row, caller, teams);
        if (isOnce && answered[caller] < 400) teams = await TwoTeams.in(world);
      }
      expect(answered).toEqual(expected);
    },
    TIMEOUT_MS,
  );

  /** An error must not show whether a body would have been right. */
  it.each(routes.filter(({ body }) => body !== undefined))(
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

const STRANGERS = ['stranger', 'strangerSub', 'sibling', 'main'] as const;

describe('what a request names besides', () => {
  let teams: TwoTeams;

  beforeAll(async () => {
    teams = await TwoTeams.in(world);
  });

  async function send(caller: Caller, method: string, url: string, more = {}): Promise<Answer> {
    const before = world.eventCount;
    const answer = await world.send({ method, url, key: teams.key(caller), ...more });
    expect(faultsOf(answer)).toEqual([]);
    if (answer.status >= 400) expect(world.eventCount).toBe(before);
    expectHidden(answer, teams.hiddenFrom(caller));
    return answer;
  }

  it.each(STRANGERS)("can't be another account's sender: %s", async (caller) => {
    const headers = { 'zavu-sender': teams.belongings.senderId };
    const body = { to: '+14155550123', text: 'Hello' };
    const answer = await send(caller, 'POST', '/v1/messages', { body, headers });
    expect(answer).toMatchObject({
      status: 404,
      body: { message: 'Template or sender not found.' },
    });
  });

  it.each(STRANGERS)("can't be another account's phone number: %s", async (caller) => {
    const { phoneNumber } = teams.belongings;
    const body = { name: 'New', phoneNumber };
    expect((await send(caller, 'POST', '/v1/senders', { body })).status).toBe(400);
    const bought = await send(caller, 'POST', '/v1/phone-numbers', { body: { phoneNumber } });
    expect(bought.status).toBe(400);
  });

  it.each(STRANGERS)("can't be another account's contact: %s", async (caller) => {
    const { sourceContactId } = teams.belongings;
    const channels = [{ channel: 'sms', identifier: `+1415555030${CALLERS.indexOf(caller)}` }];
    const made = await send(caller, 'POST', '/v1/contacts', { body: { channels } });
    const { id } = made.body as { id: string };
    const body = { sourceContactId };
    expect((await send(caller, 'POST', `/v1/contacts/${id}/merge`, { body })).status).toBe(404);
    const url = `/v1/contacts/${id}/channels/${teams.belongings.channelId}`;
    expect((await send(caller, 'PATCH', url, { body: { label: 'x' } })).status).toBe(404);
    expect((await send(caller, 'POST', `${url}/primary`)).status).toBe(404);
    expect((await send(caller, 'DELETE', url)).status).toBe(404);
  });

  it.each(STRANGERS)("finds nothing of another account's: %s", async (caller) => {
    const phone = encodeURIComponent(teams.belongings.phone);
    for (const url of [
      `/v1/contacts?phoneNumber=${phone}`,
      `/v1/contacts?search=${phone}`,
      '/v1/contacts?search=victim',
      '/v1/messages?to=ada%40example.com',
      '/v1/messages?channel=email',
      '/v1/messages?status=queued&channel=email',
      '/v1/phone-numbers?status=active',
    ]) {
      const answer = await send(caller, 'GET', url);
      const { items } = answer.body as { items: unknown[] };
      const isOfSibling = caller === 'sibling' && !url.startsWith('/v1/contacts');
      expect([url, answer.status, items.length]).toEqual([url, 200, isOfSibling ? 1 : 0]);
    }
  });
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
