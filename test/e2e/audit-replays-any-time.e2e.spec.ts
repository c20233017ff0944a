import { setTimeout as delay } from 'node:timers/promises';
import type { TeamAsOf } from '@tollgate/audit';
import type { BalanceAnswer, ChargeAnswer } from './support/answers';
import { cli } from './support/run';
import { System, type Spender, type Team } from './support/system';

const CHARGES = '/billing/v1/charges';

jest.setTimeout(180_000);

/** What the API told of a team at a time when nothing happened to it. */
interface Told {
  readonly at: number;
  readonly balanceMicros: number;
  readonly totalSpent: number | null;
}

describe('a replay', () => {
  const told: Told[] = [];
  let system: System;
  let team: Team;
  let spender: Spender;
  let before: number;

  beforeAll(async () => {
    before = Date.now();
    await delay(5);
    system = await System.start();
    team = await system.openTeam(1_000);
    spender = await system.openAccount(team, 50);
    for (let round = 1; round <= 4; round += 1) {
      told.push(await somethingHappens(system, { team, spender, round }));
      if (round !== 2) continue;
      await system.server.kill();
      await system.server.start();
    }
    told.push(await somethingHappens(system, { team, spender, round: 5 }));
  });

  afterAll(() => system.end());

  it.each(['beside the running system', 'without it'])(
    'gives the numbers that the API told at each time, %s',
    async (how) => {
      if (how === 'without it') expect(await system.server.stop()).toBe(0);
      for (const { at, balanceMicros, totalSpent } of told) {
        const { code, err, out } = await replayAt(at);
        expect({ code, err }).toEqual({ code: 0, err: '' });
        const { balance, accounts } = JSON.parse(out) as TeamAsOf;
        const account = accounts.find(({ id }) => id === spender.id);
        expect({
          at,
          balanceMicros: balance.micros,
          totalSpent: account?.totalSpent.cents,
        }).toEqual({ at, balanceMicros, totalSpent });
      }
    },
  );

  it('of a time before the team says that there was none', async () => {
    expect(await replayAt(before)).toMatchObject({ code: 1, out: '' });
  });

  const replayAt = (at: number) =>
    cli([
      ...['audit', 'replay', '--team', team.id, '--at', new Date(at).toISOString()],
      ...['--data', system.dataDir, '--json'],
    ]);
});

/** Charges, refunds, refusals and a top-up; then what the API says while nothing happens. */
async function somethingHappens(
  system: System,
  { team, spender, round }: { team: Team; spender: Spender; round: number },
): Promise<Told> {
  const { api } = spender;
  const charging = Array.from({ length: 12 }, () =>
    api.post<{ charge?: ChargeAnswer }>(CHARGES, { amount: round / 8 }),
  );
  const [first] = await Promise.all(charging);
  const { charge } = first!.body;
  if (charge !== undefined) await api.post(`${CHARGES}/${charge.id}/refunds`, {});
  await api.post(CHARGES, { amount: 1_000 });
  await system.operator.expect(
    201,
    system.operator.post(
      `/operator/v1/teams/${team.id}/top-ups`,
      { amount: round },
      { 'idempotency-key': `round ${round}` },
    ),
  );
  const { balanceMicros } = await system.team(team);
  const path = `/v1/sub-accounts/${spender.id}/balance`;
  const { totalSpent } = await team.main.api.expect(200, team.main.api.get<BalanceAnswer>(path));
  const at = Date.now();
  // Events of the next round must not be of the same millisecond.
  await delay(5);
  return { at, balanceMicros, totalSpent };
}
