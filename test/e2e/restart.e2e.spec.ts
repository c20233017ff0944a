import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchResult, ChargeAnswer, KeyAnswer, MessageAnswer } from './support/answers';
import { ConnectionLost, type Answer, type Api } from './support/api';
import { auditOf, soundAudit, storedOf } from './support/stored-log';
import { System, listAll, type Spender, type Team } from './support/system';

const CHARGES = '/billing/v1/charges';

jest.setTimeout(600_000);

describe('a restart', () => {
  let system: System;

  beforeEach(async () => {
    system = await System.start();
  });

  afterEach(() => system.end());

  it('asked for under load drops no request that took effect', async () => {
    const team = await system.openTeam(100_000_000);
    const spenders = [team.main, await system.openAccount(team), await system.openAccount(team)];
    const told = { accepted: new Set<string>(), answers: 0, other: new Set<number>() };
    const clients = Array.from({ length: 48 }, (_, number) =>
      chargeUntilGone(spenders[number % spenders.length]!.api, told),
    );
    while (told.answers < 1_000) await delay(1);

    const code = await system.server.stop();
    await Promise.all(clients);

    expect(code).toBe(0);
    expect([...told.other].filter((status) => status !== 503)).toEqual([]);
    const logged = await storedOf(system.dataDir, 'AccountCharged');
    expect(logged.map(({ event }) => event.data.chargeId).sort()).toEqual(
      [...told.accepted].sort(),
    );
    expect(await auditOf(system.dataDir)).toMatchObject(soundAudit);
    await system.server.start();
    expect((await team.main.api.post(CHARGES, { amount: 1 })).status).toBe(201);
  });

  it('in order, or by a kill, or without its caches changes no answer', async () => {
    const world = await variousThings(system);
    const before = await everythingShown(system, world);
    const restarts: [string, () => Promise<unknown>][] = [
      ['in order', () => system.server.stop()],
      ['by a kill', () => system.server.kill()],
      ['without read models', () => stopWithout(system, 'read-models')],
      ['without snapshots', () => stopWithout(system, 'snapshots')],
      ['without both', () => stopWithout(system, 'read-models', 'snapshots')],
    ];
    for (const [how, stop] of restarts) {
      await stop();
      await system.server.start();
      expect([how, await everythingShown(system, world)]).toEqual([how, before]);
      expect(system.server.written).not.toContain('"level":');
    }
    expect(await auditOf(system.dataDir)).toMatchObject(soundAudit);
  });

  it('without caches forgets neither what was spent nor what was accepted', async () => {
    const team = await system.openTeam(1_000);
    const { api } = await system.openAccount(team, 10);
    const body = { amount: 4, idempotencyKey: 'first' };
    const first = await api.expect(201, api.post(CHARGES, body));
    await api.expect(201, api.post(CHARGES, { amount: 6 }));
    await stopWithout(system, 'read-models', 'snapshots');
    await system.server.start();

    const again = await api.post(CHARGES, body);
    expect(again).toMatchObject({ status: 201, body: first });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect((await api.post(CHARGES, { ...body, amount: 5 })).status).toBe(422);
    expect((await api.post(CHARGES, { amount: 0.0001 })).status).toBe(402);
  });

  it('of a team with 200,000 charges reads them from a snapshot', async () => {
    const charges = 200_000;
    const team = await system.openTeam(100_000_000);
    const spender = await system.openAccount(team, charges);
    await chargeOften(spender, charges);
    const times: string[] = [];
    for (const stop of [
      () => system.server.stop(),
      () => system.server.kill(),
      () => stopWithout(system, 'snapshots'),
    ]) {
      await stop();
      const [started, refused] = [Date.now(), spender.api];
      await system.server.start();
      const ready = Date.now();
      // The cap is spent to the last cent.
      expect((await refused.post(CHARGES, { amount: 0.0001 })).status).toBe(402);
      times.push(`ready after ${ready - started} ms, first answer ${Date.now() - ready} ms later`);
      expect(system.server.written).not.toContain('snapshot');
    }
    process.stderr.write(`restart: after stop, after kill, without snapshots:\n`);
    times.forEach((line) => process.stderr.write(`  ${line}\n`));
  });
});

interface Told {
  /** Ids of charges. */
  readonly accepted: Set<string>;
  readonly other: Set<number>;
  answers: number;
}

/** Charges, one by one or in batches, until nobody answers any more. */
async function chargeUntilGone(api: Api, told: Told): Promise<void> {
  for (let round = 0; ; round += 1) {
    try {
      const answer = await (round % 4 === 0 ? batch(api) : single(api));
      told.answers += 1;
      if (answer.status >= 300) told.other.add(answer.status);
      else chargesOf(answer.body).forEach((id) => told.accepted.add(id));
    } catch (fault) {
      if (fault instanceof ConnectionLost) return;
      throw fault;
    }
  }
}

const single = (api: Api): Promise<Answer> => api.post(CHARGES, { amount: 0.25 });
const batch = (api: Api): Promise<Answer> =>
  api.post(`${CHARGES}/batch`, { charges: Array.from({ length: 20 }, () => ({ amount: 0.25 })) });

function chargesOf(body: unknown): string[] {
  const { charge, results = [] } = body as { charge?: ChargeAnswer; results?: BatchResult[] };
  if (charge !== undefined) return [charge.id];
  return results.flatMap((result) => (result.status === 'accepted' ? [result.charge.id] : []));
}

interface World {
  readonly team: Team;
  readonly spenders: readonly Spender[];
}

/** One of everything that reads can show. */
async function variousThings(system: System): Promise<World> {
  await system.openTeam(5);
  const team = await system.openTeam(100_000, 'Northwind');
  const { main } = team;
  const [capped, free, gone, paused] = [
    await system.openAccount(team, 300),
    await system.openAccount(team),
    await system.openAccount(team),
    await system.openAccount(team),
  ];
  for (const { api } of [main, capped, free, gone]) {
    const { charge } = await api.expect(
      201,
      api.post<{ charge: ChargeAnswer }>(CHARGES, { amount: 12.3456 }),
    );
    await api.expect(201, api.post(`${CHARGES}/${charge.id}/refunds`, { amount: 2.3456 }));
    for (const to of ['+14155550123', '+15005550001', 'someone@example.com']) {
      await api.expect(202, api.post('/v1/messages', { to, text: 'Hello', subject: 'Hello' }));
    }
  }
  const path = `/v1/sub-accounts/${free.id}`;
  await main.api.expect(200, main.api.patch(path, { name: 'Renamed', metadata: { a: [1] } }));
  const { apiKey } = await main.api.expect(
    201,
    main.api.post<{ apiKey: KeyAnswer }>(`${path}/api-keys`, { name: 'Short-lived' }),
  );
  await main.api.expect(204, main.api.delete(`${path}/api-keys/${apiKey.id}`));
  await untilDelivered(main, capped, free, gone);
  await main.api.expect(200, main.api.delete(`/v1/sub-accounts/${gone.id}`));
  await main.api.expect(
    200,
    main.api.patch(`/v1/sub-accounts/${paused.id}`, { status: 'inactive' }),
  );
  await chargeOften(free, 2_000);
  return { team, spenders: [main, capped, free, gone, paused] };
}

async function untilDelivered(...spenders: readonly Spender[]): Promise<void> {
  for (const { api } of spenders) {
    for (;;) {
      const messages = await listAll<MessageAnswer>(api, '/v1/messages');
      const isOver = messages.every(({ status }) => status === 'delivered' || status === 'failed');
      // The refund of a failed message comes after its end.
      const spent = await api.get<{ totalSpent: number | null }>('/v1/balance');
      if (isOver && (spent.body.totalSpent ?? 11) === 11) break;
      await delay(50);
    }
  }
  await delay(500);
}

/** The answers of all read routes, to everybody who may ask. */
async function everythingShown(
  { operator }: System,
  { team, spenders }: World,
): Promise<Record<string, Answer['body']>> {
  const shown: Record<string, unknown> = {};
  const show = async (api: Api, who: string, path: string): Promise<void> => {
    const { status, body } = await api.get(path);
    shown[`${who} GET ${path}`] = { status, body };
  };
  const ofTeam = ['', `/${team.id}`, `/${team.id}/api-keys`];
  for (const path of ofTeam) await show(operator, 'operator', `/operator/v1/teams${path}`);
  for (const { id, api } of spenders) {
    for (const path of ['/v1/me', '/v1/balance', '/v1/messages', '/v1/sub-accounts']) {
      await show(api, id, path);
    }
    await show(api, id, '/v1/messages?status=failed&limit=1');
    for (const path of ['', '/balance', '/api-keys']) {
      await show(team.main.api, team.main.id, `/v1/sub-accounts/${id}${path}`);
    }
    if ((await api.get('/v1/me')).status !== 200) continue;
    for (const message of await listAll<MessageAnswer>(api, '/v1/messages')) {
      await show(api, id, `/v1/messages/${message.id}`);
    }
  }
  return shown;
}

async function stopWithout(
  { server, dataDir }: System,
  ...caches: readonly string[]
): Promise<void> {
  expect(await server.stop()).toBe(0);
  for (const cache of caches) {
    const folder = join(dataDir, cache);
    expect(existsSync(folder)).toBe(true);
    rmSync(folder, { recursive: true });
  }
}

/** One cent at a time, a thousand at once. */
async function chargeOften({ api }: Spender, count: number): Promise<void> {
  const charges = Array.from({ length: 1_000 }, () => ({ amount: 1 }));
  for (let charged = 0; charged < count; charged += charges.length) {
    const { results } = await api.expect(
      200,
      api.post<{ results: BatchResult[] }>(`${CHARGES}/batch`, { charges }),
    );
    expect(results.every(({ status }) => status === 'accepted')).toBe(true);
  }
}
