import { freePort } from '@tollgate/testing';
import type { TeamAnswer } from './support/answers';
import { cli, runApp, type Ended } from './support/run';
import { System } from './support/system';

jest.setTimeout(300_000);

describe('the command line', () => {
  let system: System;
  let teamId: string;
  let apiKey: string;

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(() => system.end());

  /** With the settings that a user would have in the environment. */
  function tollgate(...args: readonly string[]): Promise<Ended> {
    const { url, operatorKey } = system.server;
    return cli(args, {
      TOLLGATE_URL: url,
      TOLLGATE_OPERATOR_KEY: operatorKey,
      TOLLGATE_DATA_DIR: system.dataDir,
      TOLLGATE_API_KEY: apiKey,
    });
  }

  async function jsonOf<Value>(...args: readonly string[]): Promise<Value> {
    const { code, out } = await tollgate(...args, '--json');
    expect(code).toBe(0);
    return JSON.parse(out) as Value;
  }

  const done = { code: 0, signal: null };

  it('opens a team, and shows its key once', async () => {
    const opened = await tollgate('teams', 'create', 'Acme', '--opening-balance', '50.00');
    expect(opened).toMatchObject(done);
    expect(opened.out).toContain('$50.00');
    teamId = /tm_\w+/.exec(opened.out)![0];
    apiKey = /tg_live_\w+/.exec(opened.out)![0];
    expect((await system.api(apiKey).get('/v1/balance')).body).toMatchObject({ balance: 5_000 });
    const shown = await tollgate('teams', 'show', teamId);
    expect(shown).toMatchObject(done);
    expect(shown.out).not.toContain(apiKey);
  });

  it('lists teams as text and as JSON', async () => {
    const listed = await tollgate('teams', 'list');
    expect(listed).toMatchObject({ ...done, err: '' });
    expect(listed.out).toContain(teamId);
    const { items } = await jsonOf<{ items: TeamAnswer[] }>('teams', 'list');
    expect(items).toMatchObject([{ id: teamId, balance: 5_000 }]);
    const { team } = await jsonOf<{ team: TeamAnswer }>('teams', 'show', teamId);
    expect(team).toMatchObject({ id: teamId, balanceMicros: 50_000_000 });
  });

  it('tops up once for one idempotency key', async () => {
    const args = ['top-up', teamId, '12.34', '--idempotency-key', 'invoice-7'];
    for (let time = 0; time < 2; time += 1) {
      const toppedUp = await tollgate(...args);
      expect(toppedUp).toMatchObject(done);
      expect(toppedUp.out).toContain('$62.34');
    }
    const { team } = await jsonOf<{ team: TeamAnswer }>('teams', 'show', teamId);
    expect(team.balance).toBe(6_234);
  });

  it('issues, lists and revokes keys', async () => {
    const issued = await tollgate('keys', 'issue', teamId, '--name', 'CI');
    expect(issued).toMatchObject(done);
    const secret = /tg_live_\w+/.exec(issued.out)![0];
    const keyId = /key_\w+/.exec(issued.out)![0];
    expect((await system.api(secret).get('/v1/me')).status).toBe(200);
    expect(await tollgate('keys', 'revoke', teamId, keyId)).toMatchObject(done);
    expect((await system.api(secret).get('/v1/me')).status).toBe(401);
    const { out } = await tollgate('keys', 'list', teamId);
    expect(out).toMatch(new RegExp(`${keyId}.*revoked`));
    expect(out).not.toContain(secret);
  });

  it('lists sub-accounts', async () => {
    const main = system.api(apiKey);
    for (const name of ['First', 'Second']) {
      await main.expect(201, main.post('/v1/sub-accounts', { name, creditLimit: 100 }));
    }
    const { code, out } = await tollgate('sub-accounts', 'list');
    expect(code).toBe(0);
    expect(out).toMatch(/active +\$0\.00 +\$1\.00 +Second/);
    const { items } = await jsonOf<{ items: unknown[] }>('sub-accounts', 'list');
    expect(items).toMatchObject([{ name: 'Second', creditLimit: 100 }, { name: 'First' }]);
  });

  it('audits beside the running system', async () => {
    const verified = await tollgate('audit', 'verify');
    expect(verified).toMatchObject({ ...done, err: '' });
    expect(verified.out).toContain('Every number follows from the log.');
    const at = new Date().toISOString();
    const replayed = await tollgate('audit', 'replay', '--team', teamId, '--at', at);
    expect(replayed).toMatchObject(done);
    expect(replayed.out).toContain('$62.34');
  });

  it('says what is wrong in a sentence, with an exit code to tell by', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const cases: readonly [number, string, readonly string[]][] = [
      [1, 'not_found', ['teams', 'show', 'tm_none']],
      [1, 'unauthorized', ['teams', 'list', '--operator-key', 'not-the-operators']],
      [1, 'npm start', ['teams', 'list', '--url', url]],
      [1, 'is not a data folder', ['audit', 'verify', '--data', '/nowhere/at/all']],
      [1, 'no team', ['audit', 'replay', '--team', 'tm_none', '--at', '2026-01-01']],
      [2, 'decimals', ['top-up', teamId, '1.234']],
      [2, 'unknown command', ['bananas']],
    ];
    for (const [code, text, args] of cases) {
      const ended = await tollgate(...args);
      expect(ended).toMatchObject({ code, signal: null, out: '' });
      expect(ended.err).toContain(text);
      expect(ended.err).not.toMatch(/^\s+at /m);
    }
  });
});

describe('the demo', () => {
  it('tells its story to a good end', async () => {
    const { code, signal, out, err } = await runApp('demo');
    expect({ code, signal, err }).toEqual({ code: 0, signal: null, err: '' });
    expect(out).toContain('The log is sound');
  });
});
