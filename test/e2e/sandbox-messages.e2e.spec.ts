import type { BalanceAnswer, KeyAnswer, MessageAnswer } from './support/answers';
import type { Api } from './support/api';
import { Books } from './support/books';
import { messagesNotSettled, storiesIn, untilSettled } from './support/messages';
import { Random, seedOfRun } from './support/random';
import { auditOf, soundAudit } from './support/stored-log';
import { System, listAll, type Spender, type Team } from './support/system';

const MESSAGES = '/v1/messages';
const KILLS = 6;
const MESSAGES_BETWEEN_KILLS = 25;

/** Costs are those of the default price list, in micros. */
const outcomes = [
  { to: '+14155550123', cost: 7_500, status: 'delivered', errorCode: null },
  { to: '+15005550001', cost: 7_500, status: 'failed', errorCode: 'invalid_number' },
  { to: '+15005550002', cost: 7_500, status: 'failed', errorCode: 'undelivered' },
  { to: '+15005550003', cost: 7_500, status: 'delivered', errorCode: null },
  { to: '+15005550004', cost: 7_500, status: 'delivered', errorCode: null },
  { to: 'someone@example.com', cost: 800, status: 'delivered', errorCode: null },
  {
    to: 'bounce@sandbox.test',
    cost: 800,
    status: 'failed',
    errorCode: 'EMAIL_RECIPIENT_SUPPRESSED',
  },
] as const;

jest.setTimeout(600_000);

describe('a message through the sandbox', () => {
  const seed = seedOfRun('sandbox-messages');
  let system: System;
  let team: Team;

  beforeAll(async () => {
    system = await System.start();
    team = await system.openTeam(1_000_000);
  });

  afterAll(() => system.end());

  it('is charged when it is accepted, and refunded when it fails', async () => {
    const account = await system.openAccount(team);
    const sent: MessageAnswer[] = [];
    for (const { to, cost } of outcomes) {
      const message = await send(account.api, to);
      expect(message).toMatchObject({ to, status: 'queued', cost: cost / 1_000_000 });
      sent.push(message);
    }
    await untilSettled(system.dataDir, [account]);

    const stories = await storiesIn(system.dataDir);
    for (const [place, { cost, status, errorCode }] of outcomes.entries()) {
      const { id } = sent[place]!;
      const { body } = await account.api.get<{ message: MessageAnswer }>(`${MESSAGES}/${id}`);
      const shown = { status, errorCode, cost: status === 'failed' ? 0 : cost / 1_000_000 };
      expect(body.message).toMatchObject({ id, ...shown });
      const refunded = status === 'failed' ? cost : 0;
      expect(stories.get(id)).toMatchObject({ charges: 1, amount: cost, refunded });
    }
    const kept = outcomes.filter(({ status }) => status === 'delivered');
    const { spent } = (await Books.of(system.dataDir)).account(account.id);
    expect(spent).toBe(kept.reduce((sum, { cost }) => sum + cost, 0));
  });

  it('sent with a test key costs nothing, and can not move money', async () => {
    const account = await system.openAccount(team, 1);
    const { main } = team;
    const path = `/v1/sub-accounts/${account.id}/api-keys`;
    const { apiKey } = await main.api.expect(
      201,
      main.api.post<{ apiKey: KeyAnswer }>(path, { name: 'Test', environment: 'test' }),
    );
    const test = { id: account.id, api: system.api(apiKey.key) };
    const before = (await system.team(team)).balanceMicros;

    // Ten times what the cap would take.
    for (let count = 0; count < 10; count += 1) {
      for (const { to } of outcomes.slice(0, 3)) {
        expect(await send(test.api, to)).toMatchObject({ status: 'queued', cost: 0 });
      }
    }
    await untilSettled(system.dataDir, [test]);

    const messages = await listAll<MessageAnswer>(test.api, MESSAGES);
    const delivered = messages.filter(({ status }) => status === 'delivered');
    expect([messages.length, delivered.length]).toEqual([30, 10]);
    expect((await system.team(team)).balanceMicros).toBe(before);
    expect((await test.api.get<BalanceAnswer>('/v1/balance')).body.totalSpent).toBe(0);
    expect((await test.api.post('/billing/v1/charges', { amount: 1 })).status).toBe(403);
  });

  it('is charged once and comes to one end, though the system is killed on the way', async () => {
    const random = new Random(seed);
    const spenders = [await system.openAccount(team), await system.openAccount(team)];
    const ids: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      ids.push(...(await sendMany(spenders, random)));
      // From the first step of the first message to the last step of the last.
      await untilSomeEnded(spenders, random.integer(0, MESSAGES_BETWEEN_KILLS));
      await system.server.kill();
      await system.server.start();
    }
    await untilSettled(system.dataDir, spenders);

    expect(await messagesNotSettled(system.dataDir)).toEqual([]);
    const stories = await storiesIn(system.dataDir);
    expect(ids.filter((id) => stories.get(id)?.charges !== 1)).toEqual([]);
    const shown = await Promise.all(
      spenders.map(({ api }) => listAll<MessageAnswer>(api, MESSAGES)),
    );
    expect(
      shown
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.sort());
  });

  it('leaves a log that an audit finds nothing in', async () => {
    const report = await auditOf(system.dataDir);
    expect(report).toMatchObject(soundAudit);
    expect(report.counts.failedNotRefunded).toBe(0);
  });
});

async function send(api: Api, to: string): Promise<MessageAnswer> {
  const body = { to, text: 'Hello', ...(to.includes('@') ? { subject: 'Hello' } : {}) };
  const { message } = await api.expect(202, api.post<{ message: MessageAnswer }>(MESSAGES, body));
  return message;
}

async function sendMany(spenders: readonly Spender[], random: Random): Promise<string[]> {
  const sending = Array.from({ length: MESSAGES_BETWEEN_KILLS }, () =>
    send(random.of(spenders).api, random.of(outcomes).to),
  );
  return (await Promise.all(sending)).map(({ id }) => id);
}

/** A part of those that were sent last; the others of them are on their way. */
async function untilSomeEnded(spenders: readonly Spender[], count: number): Promise<void> {
  const open = async (): Promise<number> => {
    const lists = spenders.map(({ api }) => listAll<MessageAnswer>(api, MESSAGES));
    const messages = (await Promise.all(lists)).flat();
    return messages.filter(({ status }) => status !== 'delivered' && status !== 'failed').length;
  };
  // Those to the slow number may take longer than the test should wait for them.
  for (const deadline = Date.now() + 2_000; Date.now() < deadline;) {
    if ((await open()) <= MESSAGES_BETWEEN_KILLS - count) return;
  }
}
