import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChargeAnswer, MessageAnswer } from './support/answers';
import { ConnectionLost, type Answer, type Api } from './support/api';
import { Books } from './support/books';
import { SmallDisk } from './support/mounts';
import { expectRefusal, tryToStart } from './support/run';
import { auditOf, soundAudit, storedOf } from './support/stored-log';
import { System, listAll, type Team } from './support/system';

const DISK_BYTES = 128 * 1024 * 1024;
const CLIENTS = 8;
/** Charges after which somebody else takes most of the disk, and leaves this much. */
const CHARGES_BEFORE = 200;
const LEFT_BYTES = 1024 * 1024;
/** Refusals after which it is given back. */
const REFUSALS = 400;
/** A log of some size beforehand: what a full disk does to LMDB depends on how far it writes. */
const BATCHES_BEFORE = 4;
const REPAIR_MS_MAX = 60_000;

jest.setTimeout(300_000);

/** One charge under its own key, until the system says what became of it. */
interface Asked {
  readonly key: string;
  readonly description: string;
  charge?: ChargeAnswer;
}

describe('a system whose disk is full', () => {
  const disk = SmallDisk.mount(DISK_BYTES);
  const statuses = new Set<number>();
  const asked: Asked[] = [];
  let system: System;
  let team: Team;
  let pid: number | undefined;

  beforeAll(async () => {
    if (disk === undefined) return;
    system = await System.start({ dataDir: join(disk.path, 'data') });
    pid = system.server.pid;
    team = await system.openTeam(10_000_000);
    const { api } = team.main;
    await api.expect(202, api.post('/v1/messages', { to: '+14155550123', text: 'Before' }));
    for (let batch = 0; batch < BATCHES_BEFORE; batch += 1) {
      const charges = Array.from({ length: 1_000 }, () => bodyOf(newCharge()));
      await api.expect(200, api.post('/billing/v1/charges/batch', { charges }));
    }
  });

  afterAll(async () => {
    await system?.end();
    disk?.unmount();
  });

  it('refuses with 503, and nothing else, what it can not keep', async () => {
    if (disk === undefined) return;
    const { api } = team.main;
    let refusals = 0;
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (refusals < REFUSALS) {
        const charge = newCharge();
        asked.push(charge);
        if (asked.length === CHARGES_BEFORE) disk.fill(LEFT_BYTES);
        const { status, headers } = await ask(api, charge);
        statuses.add(status);
        if (status !== 503) continue;
        refusals += 1;
        expect(headers['retry-after']).toBeDefined();
      }
    });
    await Promise.all(clients);
    expect(statuses).toEqual(new Set([201, 503]));
  });

  /** A small event may still find room in a page that is there already; then it is kept. */
  it('keeps everything else as well, or says 503', async () => {
    if (disk === undefined) return;
    const { main, id } = team;
    const text = 'x'.repeat(1_600);
    const answers = await Promise.all([
      main.api.post('/v1/messages', { to: '+14155550123', text }),
      main.api.post('/v1/sub-accounts', { name: 'New', metadata: { text: text.repeat(8) } }),
      system.operator.post('/operator/v1/teams', { name: 'New' }),
      system.operator.post(
        `/operator/v1/teams/${id}/top-ups`,
        { amount: 1, reference: 'r'.repeat(200) },
        { 'idempotency-key': 'full' },
      ),
    ]);
    for (const { status } of answers) expect([201, 202, 503]).toContain(status);
  });

  it('still answers what it is asked', async () => {
    if (disk === undefined) return;
    const { main } = team;
    for (const path of ['/v1/balance', '/v1/messages', '/v1/sub-accounts', '/health/live']) {
      expect((await main.api.get(path)).status).toBe(200);
    }
    expect((await system.operator.get('/operator/v1/teams')).status).toBe(200);
  });

  it('can not begin there, and says why', async () => {
    if (disk === undefined) return;
    disk.fill(0);
    expectRefusal(await tryToStart(join(disk.path, 'other')), 'space');
  });

  it('goes on by itself once there is space', async () => {
    if (disk === undefined) return;
    disk.clear();
    const { api } = team.main;
    await untilAnswered(api, 201);
    const again = await Promise.all(asked.map((charge) => ask(api, charge)));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([201]));
    expect(system.server.pid).toBe(pid);
  });

  it('has kept everything that it acknowledged, once, and nothing by halves', async () => {
    if (disk === undefined) return;
    const { api } = team.main;
    await untilEnded(api);
    const logged = await storedOf(system.dataDir, 'AccountCharged');
    const byReference = new Map<string, string[]>();
    for (const { event } of logged) {
      const { item, chargeId } = event.data;
      if (item.type !== 'custom' || item.reference === undefined) continue;
      byReference.set(item.reference, [...(byReference.get(item.reference) ?? []), chargeId]);
    }
    const wrong = asked.filter(({ key, charge }) => {
      const ids = byReference.get(key) ?? [];
      return ids.length !== 1 || ids[0] !== charge?.id;
    });
    expect(wrong).toEqual([]);
    expect((await Books.of(system.dataDir)).violations).toEqual([]);
    expect(await auditOf(system.dataDir)).toMatchObject(soundAudit);
  });

  it('stops in order, and starts with the same numbers, only where there is space', async () => {
    if (disk === undefined) return;
    const before = await system.team(team);
    expect(await system.server.stop()).toBe(0);
    disk.fill(0);
    expectRefusal(await tryToStart(system.dataDir), 'no space left');
    disk.clear();
    await system.server.start();
    expect(await system.team(team)).toEqual(before);
  });
});

function newCharge(): Asked {
  const key = randomBytes(12).toString('hex');
  return { key, description: randomBytes(120).toString('base64') };
}

function bodyOf({ key, description }: Asked): object {
  return { amount: 1, reference: key, idempotencyKey: key, description };
}

/** The charge, asked for with its key; a repeat must bring the first answer. */
async function ask(api: Api, asked: Asked): Promise<Answer<{ readonly charge: ChargeAnswer }>> {
  const answer = await api.post<{ readonly charge: ChargeAnswer }>(
    '/billing/v1/charges',
    bodyOf(asked),
  );
  if (answer.status !== 201) return answer;
  if (asked.charge !== undefined) expect(answer.body.charge).toEqual(asked.charge);
  asked.charge = answer.body.charge;
  return answer;
}

async function untilAnswered(api: Api, status: number): Promise<void> {
  for (const deadline = Date.now() + REPAIR_MS_MAX; Date.now() < deadline; await delay(200)) {
    const answer = await ask(api, newCharge()).catch((fault: unknown) => {
      if (fault instanceof ConnectionLost) throw new Error('the system is gone');
      throw fault;
    });
    if (answer.status === status) return;
  }
  throw new Error('the system did not go on');
}

/** Until messages are delivered and the read models have caught up. */
async function untilEnded(api: Api): Promise<void> {
  for (const deadline = Date.now() + REPAIR_MS_MAX; Date.now() < deadline; await delay(200)) {
    const messages = await listAll<MessageAnswer>(api, '/v1/messages');
    if (messages.every(({ status }) => status === 'delivered')) return;
  }
  throw new Error('messages were not delivered');
}
