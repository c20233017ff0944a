import { readFileSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyAnswer, SubAccountAnswer } from './support/answers';
import type { Api } from './support/api';
import { storedEvents } from './support/stored-log';
import { System, newFolder } from './support/system';

const OPERATOR_KEY = /tg_operator_\w{48}/g;

jest.setTimeout(180_000);

describe('a system that makes its own operator key', () => {
  let dataDir: string;
  let system: System;
  let operatorKey: string;
  /** Every secret that was answered, and what each must not be found in. */
  const secrets: string[] = [];
  const written: string[] = [];

  beforeAll(async () => {
    dataDir = await newFolder();
    const env = { TOLLGATE_OPERATOR_KEY: '', TOLLGATE_LOG_LEVEL: 'debug' };
    system = await System.start({ dataDir, env });
  });

  afterAll(async () => {
    await system.end();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('shows it once, and keeps it where only its user can read it', async () => {
    const shown = system.server.written.match(OPERATOR_KEY);
    expect(shown).toHaveLength(1);
    [operatorKey] = shown as [string];
    for (const name of ['operator-key', 'key-secret']) {
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(dataDir, 'operator-key'), 'utf8').trim()).toBe(operatorKey);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

  it('takes it on the next start, and does not show it again', async () => {
    written.push(system.server.written.replace(operatorKey, ''));
    expect(await system.server.stop()).toBe(0);
    await system.server.start();
    const operator = system.api(operatorKey);
    expect((await operator.get('/operator/v1/teams')).status).toBe(200);
    expect((await system.operator.get('/operator/v1/teams')).status).toBe(401);
    expect(system.server.written).not.toContain(operatorKey);
  });

  it('writes no secret to its output, whatever it is asked', async () => {
    secrets.push(operatorKey, readFileSync(join(dataDir, 'key-secret'), 'utf8').trim());
    await useEverySecret(system.api(operatorKey), secrets);
    written.push(system.server.written);
    await system.server.kill();
    await system.server.start();
    written.push(system.server.written);
    expect(await system.server.stop()).toBe(0);
    written.push(system.server.written);
    const output = written.join('\n');
    expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
  });

  it('keeps none in its log, its read models or its snapshots', async () => {
    const found = filesIn(dataDir)
      .filter((file) => file !== 'operator-key' && file !== 'key-secret')
      .flatMap((file) => {
        const bytes = readFileSync(join(dataDir, file));
        // What compression may leave of a secret: its beginning is the same for all.
        return secrets.filter((secret) => bytes.includes(secret.slice(-24))).map(() => file);
      });
    expect(found).toEqual([]);
    const events: string[] = [];
    for await (const stored of storedEvents(dataDir)) events.push(JSON.stringify(stored));
    const text = events.join('\n');
    expect(text).toContain('secretHash');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

/** Makes keys of every kind, and sends them where they belong and where they don't. */
async function useEverySecret(operator: Api, secrets: string[]): Promise<void> {
  const { team, apiKey } = await operator.expect(
    201,
    operator.post<{ team: { id: string }; apiKey: KeyAnswer }>('/operator/v1/teams', {
      name: 'Acme',
      openingBalance: 1_000,
    }),
  );
  const main = operator.as(apiKey.key);
  const { subAccount } = await main.expect(
    201,
    main.post<{ subAccount: SubAccountAnswer }>('/v1/sub-accounts', { name: 'Sub' }),
  );
  secrets.push(apiKey.key, subAccount.apiKey);
  for (const environment of ['live', 'test']) {
    const body = { name: 'Another', environment };
    const paths = [
      [operator, `/operator/v1/teams/${team.id}/api-keys`],
      [main, `/v1/sub-accounts/${subAccount.id}/api-keys`],
    ] as const;
    for (const [api, path] of paths) {
      const made = await api.expect(201, api.post<{ apiKey: KeyAnswer }>(path, body));
      secrets.push(made.apiKey.key);
    }
  }
  for (const secret of secrets) await useWrongly(operator.as(secret), secret);
}

/** Faults are where secrets slip out. */
async function useWrongly(api: Api, secret: string): Promise<void> {
  await api.get('/v1/balance');
  await api.get(`/v1/messages/${encodeURIComponent(secret)}`);
  await api.get(`/v1/messages?cursor=${secret}`);
  await api.post('/billing/v1/charges', { amount: -1, [secret]: secret });
  await api.post('/billing/v1/charges', { amount: 1e-9 });
  await api.post('/v1/messages', { to: 'nobody', text: 'x' });
  await api.delete(`/operator/v1/teams/none/api-keys/${secret}`);
  await api.get('/no/such/route');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}
