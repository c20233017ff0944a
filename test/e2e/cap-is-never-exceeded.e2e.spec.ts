import type { BatchResult, ChargeAnswer } from './support/answers';
import type { Answer, Api, Refusal } from './support/api';
import { Books } from './support/books';
import { Random, seedOfRun } from './support/random';
import { auditOf, soundAudit, storedOf } from './support/stored-log';
import { System, listAll, type Spender } from './support/system';

const CHARGES = '/billing/v1/charges';
const MICROS_PER_CENT = 10_000;

jest.setTimeout(300_000);

describe('a cap', () => {
  const seed = seedOfRun('cap-is-never-exceeded');
  let system: System;

  beforeAll(async () => {
    system = await System.start();
  });

  afterAll(() => system.end());

  it('that admits 137 of 1,000 simultaneous charges admits 137', async () => {
    const requests = 1_000;
    const admitted = 137;
    const amount = 3;
    const team = await system.openTeam(1_000_000);
    const { id, api } = await system.openAccount(team, admitted * amount);
    await api.connect(requests);

    const answers = await Promise.all(
      Array.from({ length: requests }, () => api.post<ChargeAnswered>(CHARGES, { amount })),
    );

    const { accepted, refused } = sorted(answers);
    expect(accepted).toHaveLength(admitted);
    expect(refused).toHaveLength(requests - admitted);
    const limit = { creditLimit: admitted * amount, totalSpent: admitted * amount };
    for (const answer of refused) {
      expect(answer.status).toBe(402);
      expect(answer.body).toMatchObject({ code: 'credit_limit_reached', details: limit });
    }
    const balance = await api.get('/v1/balance');
    expect(balance.body).toMatchObject({ totalSpent: admitted * amount });
    const logged = await storedOf(system.dataDir, 'AccountCharged');
    const ids = logged.filter(({ event }) => event.data.accountId === id);
    expect(ids.map(({ event }) => event.data.chargeId).sort()).toEqual(
      accepted.map(({ body }) => body.charge.id).sort(),
    );
  });

  it('holds for messages, before anything is done for them', async () => {
    const requests = 200;
    const admitted = 20;
    const team = await system.openTeam(1_000_000);
    // A message to this number costs 0.75 cents.
    const { id, api } = await system.openAccount(team, 15);
    await api.connect(requests);

    const answers = await Promise.all(
      Array.from({ length: requests }, () =>
        api.post<unknown>('/v1/messages', { to: '+14155550123', text: 'Hello' }),
      ),
    );

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(admitted);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(requests - admitted);
    expect(await listAll(api, '/v1/messages')).toHaveLength(admitted);
    const { spent, charges } = (await Books.of(system.dataDir)).account(id);
    expect({ spent, charges }).toEqual({ spent: 15 * MICROS_PER_CENT, charges: admitted });
  });

  it('that is lowered under load stops everything that comes after', async () => {
    const team = await system.openTeam(1_000_000);
    const { id, api } = await system.openAccount(team, null);
    let isLowered = false;
    const late: number[] = [];
    const charging = Array.from({ length: 16 }, async () => {
      for (let more = 10; more > 0;) {
        const wasLowered = isLowered;
        const { status } = await api.post(CHARGES, { amount: 1 });
        if (wasLowered) late.push(status);
        if (wasLowered) more -= 1;
      }
    });
    await untilCharged(team.main.api, id, 50);

    const path = `/v1/sub-accounts/${id}`;
    await team.main.api.expect(200, team.main.api.patch(path, { creditLimit: 1 }));
    isLowered = true;
    await Promise.all(charging);

    expect(late).toHaveLength(160);
    expect(new Set(late)).toEqual(new Set([402]));
    expect((await Books.of(system.dataDir)).violations).toEqual([]);
  });

  it('and the balance hold to the micro when accounts race for it', async () => {
    // All ask for twice as much, and two accounts for far more than their cap.
    const opening = 3_000;
    const random = new Random(seed);
    const team = await system.openTeam(opening);
    const spenders = [team.main];
    for (const limit of [10, 20, 900, 2_500, null, null, null]) {
      spenders.push(await system.openAccount(team, limit));
    }
    await team.main.api.connect(200);

    const told = (await Promise.all(burst(spenders, random))).flat();

    const books = await Books.of(system.dataDir);
    const { balance, accounts } = books.team(team.id);
    expect(books.violations).toEqual([]);
    const spent = told.reduce((sum, { charge }) => sum + (charge?.amountMicros ?? 0), 0);
    expect(balance).toBe(opening * MICROS_PER_CENT - spent);
    expect(balance).toBe((await system.team(team)).balanceMicros);
    expect(told.some(({ charge }) => charge !== undefined)).toBe(true);
    const refused = told.filter(({ charge }) => charge === undefined);
    expect(new Set(refused.map(({ code }) => code))).toEqual(
      new Set(['credit_limit_reached', 'insufficient_balance']),
    );
    // Money only went down: what was refused would not fit at the end either.
    const wronglyRefused = refused.filter(({ accountId, micros, code }) => {
      if (code === 'insufficient_balance') return micros <= balance;
      const account = accounts.get(accountId)!;
      return account.spent + micros <= account.limit!;
    });
    expect(wronglyRefused).toEqual([]);
  });

  it('leaves a log and numbers that an audit finds nothing in', async () => {
    expect(await auditOf(system.dataDir)).toMatchObject(soundAudit);
  });
});

type ChargeAnswered = { readonly charge: ChargeAnswer };

/** One charge and what it came to. */
interface Told {
  readonly accountId: string;
  readonly micros: number;
  readonly charge?: ChargeAnswer;
  readonly code?: string;
}

function sorted(answers: readonly Answer<ChargeAnswered>[]): {
  accepted: Answer<ChargeAnswered>[];
  refused: Answer<ChargeAnswered>[];
} {
  return {
    accepted: answers.filter(({ status }) => status === 201),
    refused: answers.filter(({ status }) => status !== 201),
  };
}

async function untilCharged(main: Api, accountId: string, cents: number): Promise<void> {
  for (;;) {
    const { body } = await main.get<{ totalSpent: number }>(
      `/v1/sub-accounts/${accountId}/balance`,
    );
    if (body.totalSpent >= cents) return;
  }
}

/** Singles and batches of every account at once, of amounts down to the micro. */
function burst(spenders: readonly Spender[], random: Random): Promise<Told[]>[] {
  return Array.from({ length: 300 }, () => {
    const spender = random.of(spenders);
    const micros = (): number => random.integer(1, 60_000);
    if (random.isLucky(0.5)) return chargeOne(spender, micros());
    const count = random.integer(2, 40);
    return chargeBatch(spender, Array.from({ length: count }, micros));
  });
}

async function chargeOne({ id: accountId, api }: Spender, micros: number): Promise<Told[]> {
  const amount = micros / MICROS_PER_CENT;
  const { status, body } = await api.post<ChargeAnswered & Refusal>(CHARGES, { amount });
  if (status === 201) return [{ accountId, micros, charge: body.charge }];
  return [{ accountId, micros, code: body.code }];
}

async function chargeBatch(
  { id: accountId, api }: Spender,
  amounts: readonly number[],
): Promise<Told[]> {
  const charges = amounts.map((micros) => ({ amount: micros / MICROS_PER_CENT }));
  const { results } = await api.expect(
    200,
    api.post<{ results: BatchResult[] }>(`${CHARGES}/batch`, { charges }),
  );
  return results.map((result, place) => ({
    accountId,
    micros: amounts[place]!,
    ...(result.status === 'accepted' ? { charge: result.charge } : { code: result.code }),
  }));
}
