import { FakeApi } from '../spec/fake-api';
import { runCli, type Finished } from '../spec/run-cli';

const api = new FakeApi();
let url = '';

beforeAll(async () => {
  url = await api.start();
});
afterAll(() => api.stop());
beforeEach(() => void api.seen.splice(0));

const tollgate = (...args: readonly string[]): Promise<Finished> =>
  runCli(...args, '--url', url, '--operator-key', 'op', '--api-key', 'tg_live_1');

const team = {
  id: 'tm_1',
  name: 'Acme',
  currency: 'usd',
  balance: 5_000,
  createdAt: '2026-01-01T00:00:00.000Z',
  mainAccount: { id: 'acc_1' },
};
const apiKey = { id: 'key_1', key: 'tg_live_secret', name: 'Default', environment: 'live' };

describe('tollgate teams', () => {
  it('opens a team and shows its first key once', async () => {
    api.answer({ status: 201, body: { team, apiKey } });
    const { exitCode, out } = await tollgate('teams', 'create', 'Acme', '--opening-balance', '50');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^team +tm_1\nname +Acme\nbalance +\$50\.00\nmain account +acc_1\n/);
    expect(out).toMatch(/\nsecret +tg_live_secret {2}\(shown this once\)\n$/);
    expect(api.seen).toMatchObject([
      {
        method: 'POST',
        path: '/operator/v1/teams',
        headers: { authorization: 'Bearer op' },
        body: { name: 'Acme', openingBalance: 5_000 },
      },
    ]);
  });

  it('lists all teams, page after page', async () => {
    const second = { ...team, id: 'tm_2', name: 'Bolt', balance: -123_456 };
    api.answer({ body: { items: [team], nextCursor: 'a+b' } });
    api.answer({ body: { items: [second], nextCursor: null } });
    const { out } = await tollgate('teams', 'list');
    expect(out).toBe(
      [
        'TEAM     BALANCE  CREATED                   NAME',
        'tm_1      $50.00  2026-01-01T00:00:00.000Z  Acme',
        'tm_2  -$1,234.56  2026-01-01T00:00:00.000Z  Bolt',
        '',
      ].join('\n'),
    );
    expect(api.seen.map(({ path }) => path)).toEqual([
      '/operator/v1/teams?limit=100',
      '/operator/v1/teams?limit=100&cursor=a%2Bb',
    ]);
  });

  it('prints the JSON of the API', async () => {
    api.answer({ body: { team } });
    const { out } = await tollgate('teams', 'show', 'tm/1', '--json');
    expect(JSON.parse(out)).toEqual({ team });
    expect(api.seen[0]?.path).toBe('/operator/v1/teams/tm%2F1');
  });

  it('says what to do when there are none', async () => {
    api.answer({ body: { items: [], nextCursor: null } });
    expect((await tollgate('teams', 'list')).out).toContain('tollgate teams create');
  });
});

describe('tollgate top-up', () => {
  const topUp = { id: 'top_1', amount: 1_050, balance: 6_050, createdAt: team.createdAt };

  it('shows the key that it made before it sends it', async () => {
    api.answer({ status: 201, body: { topUp } });
    const { out, err } = await tollgate('top-up', 'tm_1', '10.50', '--reference', 'INV-7');
    const [, key] = /^idempotency key: ([\w-]{36})\n$/.exec(err) ?? [];
    expect(out).toMatch(/amount +\$10\.50\nbalance +\$60\.50\n/);
    expect(api.seen).toMatchObject([
      {
        path: '/operator/v1/teams/tm_1/top-ups',
        headers: { 'idempotency-key': key },
        body: { amount: 1_050, reference: 'INV-7' },
      },
    ]);
  });

  it('tries again with the same key when the answer is lost or says that it may', async () => {
    const overloaded = { code: 'overloaded', message: 'Too many requests are waiting.' };
    api.answer({ isCut: true }, { status: 503, body: overloaded, headers: { 'retry-after': '0' } });
    api.answer({ status: 201, body: { topUp } });
    const { exitCode, err } = await tollgate('top-up', 'tm_1', '5', '--idempotency-key', 'mine');
    expect([exitCode, err]).toEqual([0, '']);
    expect(api.seen.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'mine',
      'mine',
      'mine',
    ]);
  });

  it('gives up after three attempts, and tells why', async () => {
    const body = { code: 'outcome_unknown', message: 'Repeat it with the same key.' };
    const answer = { status: 503, body, headers: { 'retry-after': '0' } };
    api.answer(answer, answer, answer);
    const { exitCode, err } = await tollgate('top-up', 'tm_1', '5', '--idempotency-key', 'mine');
    expect([exitCode, api.seen.length]).toEqual([1, 3]);
    expect(err).toBe('error: Repeat it with the same key. (outcome_unknown)\n');
  });

  it('does not wait for long', async () => {
    const body = { code: 'rate_limited', message: 'Rate limit exceeded.' };
    api.answer({ status: 429, body, headers: { 'retry-after': '60' } });
    await tollgate('top-up', 'tm_1', '5');
    expect(api.seen).toHaveLength(1);
  });
});

describe('tollgate keys', () => {
  it('issues, lists and revokes', async () => {
    const listed = { ...apiKey, key: undefined, keyPrefix: 'tg_live_abc', createdAt: 0 };
    api.answer(
      { status: 201, body: { apiKey } },
      {
        body: {
          items: [
            { ...listed, revokedAt: null },
            { ...listed, revokedAt: 1 },
          ],
        },
      },
      { status: 204 },
    );
    const issued = await tollgate('keys', 'issue', 'tm_1', '--name', 'CI', '--environment', 'test');
    const list = await tollgate('keys', 'list', 'tm_1');
    const revoked = await tollgate('keys', 'revoke', 'tm_1', 'key_1');
    expect(issued.out).toContain('tg_live_secret');
    expect(list.out).toMatch(/key_1 +tg_live_abc +live +active +1970-.*\nkey_1 .* revoked /);
    expect(revoked).toEqual({ exitCode: 0, out: 'key_1 is revoked\n', err: '' });
    expect(api.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /operator/v1/teams/tm_1/api-keys',
      'GET /operator/v1/teams/tm_1/api-keys',
      'DELETE /operator/v1/teams/tm_1/api-keys/key_1',
    ]);
    expect(api.seen[0]?.body).toEqual({ name: 'CI', environment: 'test' });
  });
});

describe('tollgate sub-accounts', () => {
  it("lists them with the account's own key", async () => {
    const sub = { id: 'sub_1', name: 'East', status: 'active', totalSpent: 12, creditLimit: null };
    api.answer({ body: { items: [sub], nextCursor: null } });
    const { out } = await tollgate('sub-accounts', 'list');
    expect(out).toMatch(/sub_1 +active +\$0\.12 +none +East/);
    expect(api.seen[0]).toMatchObject({
      path: '/v1/sub-accounts?limit=100',
      headers: { authorization: 'Bearer tg_live_1' },
    });
  });
});
