import type { BatchResult, KeyAnswer } from './support/answers';
import type { Answer, Api } from './support/api';
import { Books } from './support/books';
import { auditOf, soundAudit, storedEvents } from './support/stored-log';
import { System, type Team } from './support/system';

const CLIENTS = 24;
/** Answers that each client waits for before the key goes, and once it is gone. */
const ANSWERS_EACH = 10;

jest.setTimeout(300_000);

describe('a key that is revoked under load', () => {
  let system: System;
  let team: Team;

  beforeAll(async () => {
    system = await System.start();
    team = await system.openTeam(10_000_000);
  });

  afterAll(() => system.end());

  it('of a sub-account buys nothing more, what was under way included', async () => {
    const account = await system.openAccount(team);
    const path = `/v1/sub-accounts/${account.id}/api-keys`;
    const { main } = team;
    const { apiKey } = await main.api.expect(
      201,
      main.api.post<{ apiKey: KeyAnswer }>(path, { name: 'Leaked' }),
    );
    const api = system.api(apiKey.key);

    const after = await revokedUnderLoad(api, () => main.api.delete(`${path}/${apiKey.id}`));

    expect(after).toEqual(new Set([401]));
    expect(await chargesAfterRevocation(system.dataDir, apiKey.id)).toEqual([]);
    await account.api.expect(201, account.api.post('/billing/v1/charges', { amount: 1 }));
  });

  it('of the main account buys nothing more', async () => {
    const path = `/operator/v1/teams/${team.id}/api-keys`;
    const { operator } = system;
    const { apiKey } = await operator.expect(
      201,
      operator.post<{ apiKey: KeyAnswer }>(path, { name: 'Leaked' }),
    );
    const api = system.api(apiKey.key);

    const after = await revokedUnderLoad(api, () => operator.delete(`${path}/${apiKey.id}`));

    expect(after).toEqual(new Set([401]));
    expect(await chargesAfterRevocation(system.dataDir, apiKey.id)).toEqual([]);
  });

  it('goes with its account when that is deactivated', async () => {
    const account = await system.openAccount(team);
    const { main } = team;

    const after = await revokedUnderLoad(account.api, () =>
      main.api.delete(`/v1/sub-accounts/${account.id}`),
    );

    expect(after).toEqual(new Set([401]));
    expect(await chargesAfterEnd(system.dataDir, account.id, 'SubAccountDeactivated')).toEqual([]);
  });

  it('and an account that is suspended buys nothing until it is active again', async () => {
    const account = await system.openAccount(team);
    const { main } = team;
    const path = `/v1/sub-accounts/${account.id}`;

    const after = await revokedUnderLoad(account.api, () =>
      main.api.patch(path, { status: 'inactive' }),
    );

    expect(after).toEqual(new Set([403]));
    expect(await chargesAfterEnd(system.dataDir, account.id, 'SubAccountSuspended')).toEqual([]);
    await account.api.expect(200, account.api.get('/v1/balance'));
    await main.api.expect(200, main.api.patch(path, { status: 'active' }));
    await account.api.expect(201, account.api.post('/billing/v1/charges', { amount: 1 }));
  });

  it('stays revoked when the system is killed at once', async () => {
    const account = await system.openAccount(team);
    await account.api.expect(201, account.api.post('/billing/v1/charges', { amount: 1 }));
    const { main } = team;
    await main.api.expect(200, main.api.delete(`/v1/sub-accounts/${account.id}`));
    await system.server.kill();
    await system.server.start();
    expect((await account.api.post('/billing/v1/charges', { amount: 1 })).status).toBe(401);
    expect((await account.api.get('/v1/balance')).status).toBe(401);
  });

  it('leaves a log that agrees', async () => {
    expect((await Books.of(system.dataDir)).violations).toEqual([]);
    expect(await auditOf(system.dataDir)).toMatchObject(soundAudit);
  });
});

/**
 * Charges on many connections, one by one and in batches, and takes the right to do so away
 * meanwhile. Answers what became of the charges that were sent once that was confirmed.
 */
async function revokedUnderLoad(
  api: Api,
  revoke: () => Promise<Answer>,
): Promise<ReadonlySet<number>> {
  const after = new Set<number>();
  let isRevoked = false;
  let charged = 0;
  await api.connect(CLIENTS);
  const charging = Array.from({ length: CLIENTS }, async (_, number) => {
    for (let left = ANSWERS_EACH; left > 0;) {
      const wasRevoked = isRevoked;
      const status = await (number % 3 === 0 ? chargeBatch(api) : chargeOne(api));
      charged += 1;
      if (wasRevoked) after.add(status);
      if (wasRevoked) left -= 1;
    }
  });
  while (charged < CLIENTS * ANSWERS_EACH) await new Promise(setImmediate);
  const { status } = await revoke();
  isRevoked = true;
  await Promise.all(charging);
  expect([200, 204]).toContain(status);
  return after;
}

async function chargeOne(api: Api): Promise<number> {
  return (await api.post('/billing/v1/charges', { amount: 0.5 })).status;
}

/** The status of the batch or, when the writer refused its charges, that of the refusals. */
async function chargeBatch(api: Api): Promise<number> {
  const charges = Array.from({ length: 10 }, () => ({ amount: 0.5 }));
  const { status, body } = await api.post<{ results: readonly BatchResult[] }>(
    '/billing/v1/charges/batch',
    { charges },
  );
  if (status !== 200) return status;
  const codes = new Set(
    body.results.map((result) => (result.status === 'accepted' ? 'accepted' : result.code)),
  );
  if (codes.has('accepted')) return 200;
  return codes.has('unauthorized') ? 401 : 403;
}

/** Charges that the log holds behind the revocation of the key that asked for them. */
async function chargesAfterRevocation(dataDir: string, keyId: string): Promise<string[]> {
  const late: string[] = [];
  let isRevoked = false;
  let isUsed = false;
  for await (const { event, metadata, revision } of storedEvents(dataDir)) {
    if (event.type === 'ApiKeyRevoked' && event.data.keyId === keyId) isRevoked = true;
    if (event.type !== 'AccountCharged' || metadata.keyId !== keyId) continue;
    isUsed = true;
    if (isRevoked) late.push(`${event.data.chargeId} at revision ${revision}`);
  }
  expect({ isUsed, isRevoked }).toEqual({ isUsed: true, isRevoked: true });
  return late;
}

/** Charges that the log holds behind the event that ended the account, while it lasted. */
async function chargesAfterEnd(
  dataDir: string,
  accountId: string,
  end: 'SubAccountDeactivated' | 'SubAccountSuspended',
): Promise<string[]> {
  const late: string[] = [];
  let isUsed = false;
  let isEnded = false;
  for await (const { event, revision } of storedEvents(dataDir)) {
    if (!('accountId' in event.data) || event.data.accountId !== accountId) continue;
    if (event.type === end) isEnded = true;
    if (event.type !== 'AccountCharged') continue;
    isUsed = true;
    if (isEnded) late.push(`${event.data.chargeId} at revision ${revision}`);
  }
  expect({ isUsed, isEnded }).toEqual({ isUsed: true, isEnded: true });
  return late;
}
