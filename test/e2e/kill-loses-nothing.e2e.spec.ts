import type { BalanceAnswer } from './support/answers';
import { Books } from './support/books';
import { differencesOf } from './support/load/compare';
import { killUnderLoad } from './support/load/kills';
import { Load } from './support/load/load';
import { messagesNotSettled, untilSettled } from './support/messages';
import { Random, seedOfRun } from './support/random';
import { auditOf, soundAudit } from './support/stored-log';
import { System } from './support/system';

const KILLS = 50;
const CLIENTS = 24;

jest.setTimeout(1_200_000);

describe('a system that is killed over and over under load', () => {
  const seed = seedOfRun('kill-loses-nothing');
  const faults: string[] = [];
  let system: System;
  let load: Load;

  /** One run for all that is looked at afterwards. */
  beforeAll(async () => {
    system = await System.start();
    load = await Load.on(system, { clients: CLIENTS, seed });
    await system.server.kill();
    load.start();
    await killUnderLoad(system, load, {
      count: KILLS,
      random: new Random(seed),
      onWritten: (output) => faults.push(...faultsIn(output)),
    });
    await system.server.start();
    await load.finish();
    const spenders = load.teams.flatMap((team) => team.spenders);
    await untilSettled(system.dataDir, spenders);
    process.stderr.write(`kill-loses-nothing: ${KILLS} kills, ${load.history.summary()}\n`);
  });

  afterAll(() => system.end());

  it('was busy enough to mean something', () => {
    const { history } = load;
    for (const kind of ['charge', 'refund', 'message', 'top-up', 'sub-account'] as const) {
      expect(history.count(kind, true)).toBeGreaterThan(0);
    }
    expect(history.count('charge', false)).toBeGreaterThan(0);
    const lost = [...history.outcomes.values()].filter((outcome) => outcome.lost > 0);
    expect(lost.length).toBeGreaterThan(KILLS);
  });

  it('told every client what the log holds, once, and nothing else', async () => {
    expect(await differencesOf(load.history, system.dataDir)).toEqual([]);
  });

  it('never passed a cap, nor charged what was not there', async () => {
    const { violations } = await Books.of(system.dataDir);
    expect(violations).toEqual([]);
  });

  it('shows the numbers that the log adds up to', async () => {
    const books = await Books.of(system.dataDir);
    for (const { id, spenders } of load.teams) {
      const { balance, accounts } = books.team(id);
      for (const spender of spenders.slice(1)) {
        const shown = await spender.api.get<BalanceAnswer>('/v1/balance');
        const { spent, limit } = accounts.get(spender.id)!;
        expect(shown.body).toMatchObject({
          balance: Math.floor(balance / 10_000),
          totalSpent: Math.ceil(spent / 10_000),
          creditLimit: limit === null ? null : limit / 10_000,
        });
      }
    }
  });

  it('brought every message to its end, and gave back what the failed ones cost', async () => {
    expect(await messagesNotSettled(system.dataDir)).toEqual([]);
  });

  it('kept a log without a gap, a fork or a changed byte', async () => {
    const report = await auditOf(system.dataDir);
    expect(report).toMatchObject(soundAudit);
    expect(report.counts.failedNotRefunded).toBe(0);
  });

  it('wrote of no fault of its own', () => {
    expect(faults).toEqual([]);
  });

  it('still stops in order, and leaves a sound log', async () => {
    expect(await system.server.stop()).toBe(0);
    expect(await auditOf(system.dataDir)).toMatchObject(soundAudit);
  });
});

/** Everything that was written besides the banner and warnings. */
function faultsIn(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /"level":(50|60)|Error|^\s+at /.test(line))
    .filter((line) => !line.includes('"level":40'));
}
