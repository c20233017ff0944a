import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, expectStatus, type Account, type Team } from '../../spec/cast';
import { GatewayWorld, OPERATOR_KEY, type Adapters } from '../../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

interface Page {
  readonly items: readonly { readonly id: string; readonly name?: string }[];
  readonly nextCursor: string | null;
}

const SUB_ACCOUNTS = 7;

let world: GatewayWorld;
let team: Team;
let account: Account;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  const cast = new Cast(world);
  team = await cast.team();
  for (let n = 1; n < SUB_ACCOUNTS; n += 1) await cast.account(team, { name: `Sub ${n}` });
  account = await cast.account(team, { name: `Sub ${SUB_ACCOUNTS}` });
});

afterAll(() => world.stop());

const list = (query: string, path = '/v1/sub-accounts'): Promise<Answer<Page>> =>
  world.send<Page>({ method: 'GET', url: `${path}?${query}`, key: team.main.key.secret });
const page = async (query: string): Promise<Page> => expectStatus(200, await list(query));
const names = ({ items }: Page): unknown[] => items.map(({ name }) => name);

async function allPages(limit: number, change: (cursor: string) => string): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: Page = await page(`limit=${limit}&cursor=${encodeURIComponent(change(cursor))}`);
    pages.push(next);
    cursor = next.nextCursor;
  }
  return pages;
}

describe('a list', () => {
  it.each([1, 2, 3, 6, 7, 8, 100])('comes in pages of %d, newest first', async (limit) => {
    const pages = await allPages(limit, (cursor) => cursor);
    expect(pages.flatMap(names)).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `Sub ${n}`));
    expect(pages.length).toBe(Math.ceil(SUB_ACCOUNTS / limit));
    expect(pages.every(({ items }) => items.length > 0)).toBe(true);
  });

  it.each(['', 'limit=', 'cursor=', 'limit=&cursor=', '&&', 'limit'])(
    'takes empty parameters for absent ones: "%s"',
    async (query) => {
      expect(names(await page(query))).toHaveLength(SUB_ACCOUNTS);
    },
  );

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=%00', 'limit'],
    ['limit=%zz', 'limit'],
    ['limit=99999999999999999999999', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['limit=&limit=2', 'limit'],
    ['cursor=a&cursor=b', 'cursor'],
    [`cursor=${'x'.repeat(201)}`, 'cursor'],
    ['status=active', 'status'],
    ['limit[]=1', 'limit[]'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['toString=1', 'toString'],
  ])('refuses other parameters: %s', async (query, name) => {
    const answer = await list(query);
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: { errors: [{ path: [name] }] } },
    });
  });

  it.each(['/v1/messages', '/operator/v1/teams'])('does so everywhere: %s', async (path) => {
    const key = path.startsWith('/operator') ? OPERATOR_KEY : team.main.key.secret;
    for (const query of ['limit=0', 'limit=1&limit=2', 'cursor=%00', 'sort=name', 'toString=1']) {
      const answer = await world.send({ method: 'GET', url: `${path}?${query}`, key });
      expect(faultsOf(answer)).toEqual([]);
      expect(answer.status).toBe(400);
    }
  });

  it('of messages knows its filters', async () => {
    for (const query of ['status=&to=&channel=', 'status=queued&to=%2B1&channel=sms']) {
      expect((await list(query, '/v1/messages')).status).toBe(200);
    }
    for (const query of ['status=read', 'status=a', 'channel=auto', `to=${'1'.repeat(321)}`]) {
      expect((await list(query, '/v1/messages')).status).toBe(400);
    }
  });
});

describe('a cursor', () => {
  it('may be encoded with padding, or by another base 64', async () => {
    const pages = await allPages(2, (cursor) => (cursor === '' ? '' : `${cursor}==`));
    expect(pages.flatMap(names)).toHaveLength(SUB_ACCOUNTS);
  });

  it('that was tampered with is refused, or only starts elsewhere', async () => {
    const { nextCursor } = await page('limit=3');
    const digits = [...'ABCxyz019-_=+/ %!é\u0000'];
    for (let at = 0; at < nextCursor!.length; at += 1) {
      for (const digit of digits) {
        const cursor = nextCursor!.slice(0, at) + digit + nextCursor!.slice(at + 1);
        const answer = await list(`cursor=${encodeURIComponent(cursor)}`);
        expect(faultsOf(answer)).toEqual([]);
        if (answer.status === 200) expect(isPartOfTheList(answer.body)).toBe(true);
        else expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      }
    }
  });

  it.each(['!!!', 'MDAw', '-1', 'null', 'tg_live_', '..%2f..', '%F0%9F%98%80'])(
    'is none of another making: %s',
    async (cursor) => {
      const answer = await list(`cursor=${cursor}`);
      expect(faultsOf(answer)).toEqual([]);
      expect(answer).toMatchObject({
        status: 400,
        body: { details: { errors: [{ path: ['cursor'] }] } },
      });
    },
  );

  it("of one list leads into no other account's", async () => {
    const first = await page('limit=1');
    const answer = await world.send<Page>({
      method: 'GET',
      url: `/v1/messages?cursor=${first.nextCursor}`,
      key: account.key.secret,
    });
    expect(answer).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
  });
});

function isPartOfTheList(shown: Page): boolean {
  return shown.items.every(({ name }) => /^Sub [1-7]$/.test(name ?? ''));
}
