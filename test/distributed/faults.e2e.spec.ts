import { describeWithAllProcesses } from '@tollgate/testing';
import { Books } from '../e2e/support/books';
import { messagesNotSettled } from '../e2e/support/messages';
import { Random, seedOfRun } from '../e2e/support/random';
import { auditOf, soundAudit } from '../e2e/support/stored-log';
import { dealt } from './support/faults/deck';
import { Storm } from './support/faults/storm';
import { Fleet } from './support/fleet';
import { contradictionsIn } from './support/load/compare-log';
import { FleetLoad } from './support/load/fleet-load';
import { inWords, kindsAccepted } from './support/load/summary';
import { until } from './support/until';

const COUNTS = { billing: 2, gateway: 2, projection: 2, messaging: 1 };
const KILLS = Number(process.env['TOLLGATE_TEST_KILLS'] ?? 10);
const SETTLE_MS_MAX = 120_000;

jest.setTimeout(1_200_000);

describeWithAllProcesses('a distributed system whose parts die over and over under load', () => {
  const seed = seedOfRun('distributed faults');
  let fleet: Fleet;
  let load: FleetLoad;
  let storm: Storm;

  /** One run for all that is looked at afterwards. */
  beforeAll(async () => {
    fleet = await Fleet.start(
      { counts: COUNTS, env: { TOLLGATE_ANSWER_TIMEOUT_MS: '5000' } },
      seed,
    );
    load = await FleetLoad.on(fleet, { teams: 3, clientsPerTeam: 14, seed });
    storm = new Storm(fleet, load);
    const startedAt = Date.now();
    load.start();
    await storm.rage(dealt({ system: fleet.system, random: new Random(seed) }, KILLS));
    await load.finish();
    process.stderr.write(`${inWords(load, storm, Date.now() - startedAt)}\n`);
    await until(
      'messages at their end',
      async () => (await messagesNotSettled(fleet.place)).length === 0,
      SETTLE_MS_MAX,
    );
  });

  afterAll(() => fleet.end());

  it('was busy enough to mean something', () => {
    const kinds = ['charge', 'refund', 'message', 'top-up', 'sub-account', 'limit'] as const;
    expect(kindsAccepted(load.register)).toEqual(expect.arrayContaining([...kinds]));
    const { refused, unavailable, unknown, lost } = load.register.answers;
    expect(Math.min(refused, unavailable, unknown + lost)).toBeGreaterThan(0);
    expect(storm.counts.get('Kafka killed')).toBe(KILLS);
  });

  it('told every client what the log holds, once, and nothing else', async () => {
    expect(await contradictionsIn(load.register, fleet.place)).toEqual([]);
  });

  it('never passed a cap, nor charged what was not there, nor took a revoked key', async () => {
    const { violations } = await Books.of(fleet.place);
    expect(violations).toEqual([]);
  });

  it('accepted nothing from a key after its revocation was acknowledged', () => {
    const revoked = load.revokers.reduce((sum, revoker) => sum + revoker.revoked, 0);
    expect(revoked).toBeGreaterThan(0);
    expect(load.revokers.flatMap(({ acceptedAfterwards }) => acceptedAfterwards)).toEqual([]);
  });

  it('brought every message to its end, and gave back what the failed ones cost', async () => {
    expect(await messagesNotSettled(fleet.place)).toEqual([]);
  });

  it('kept a log without a gap or a changed byte, and shows what it adds up to', async () => {
    const report = await auditOf(fleet.place);
    process.stderr.write(`distributed faults: ${report.counts.events} events in the log\n`);
    expect(report).toMatchObject(soundAudit);
    expect(report.counts.failedNotRefunded).toBe(0);
  });
});
