import { Books } from '../e2e/support/books';
import { seedOfRun } from '../e2e/support/random';
import { auditOf, soundAudit } from '../e2e/support/stored-log';
import { setTimeout as delay } from 'node:timers/promises';
import { describeWithAllProcesses, type ServiceProcess } from '@tollgate/testing';
import { Fleet } from './support/fleet';
import { contradictionsIn } from './support/load/compare-log';
import { FleetLoad } from './support/load/fleet-load';
import { until } from './support/until';

/** Of DistributedSystem. */
const PARTITIONS = 6;
/** Longer than the session of a consumer. */
const PAUSE_MS = 4_500;
const ROUNDS = 2;

jest.setTimeout(600_000);

describeWithAllProcesses('two billing services', () => {
  const seed = seedOfRun('takeover');
  let fleet: Fleet;
  let billings: ServiceProcess[];

  beforeAll(async () => {
    const env = { TOLLGATE_ANSWER_TIMEOUT_MS: '5000' };
    fleet = await Fleet.start({ counts: { billing: 2 }, env }, seed);
    billings = fleet.system.named('billing');
  });

  afterAll(() => fleet.end());

  /** The number is brought up to date whenever readiness is asked for. */
  const partitionsOf = async (billing: ServiceProcess): Promise<number> => {
    await (await fetch(`${billing.healthUrl}/health/ready`)).text();
    return billing.metric('tollgate_partitions');
  };

  const untilShared = (): Promise<void> =>
    until('shared', async () => {
      const counts = await Promise.all(billings.map(partitionsOf));
      return counts.every((count) => count > 0) && counts[0]! + counts[1]! === PARTITIONS;
    });

  it('share the partitions', untilShared);

  it('take over from each other when one is killed, and share again when it is back', async () => {
    const [one, other] = billings;
    await one!.kill();
    await until('all of them', async () => (await partitionsOf(other!)) === PARTITIONS);
    await one!.start();
    await untilShared();
  });

  it('pass no cap when one was paused: it decides nothing that the other decided', async () => {
    const load = await FleetLoad.on(fleet, { teams: 4, clientsPerTeam: 4, seed });
    load.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const billing of billings) {
        const before = load.teams.map(({ meter }) => meter.decided);
        await until('busy', () =>
          load.teams.every(({ meter }, place) => meter.decided > before[place]! + 20),
        );
        billing.pause();
        await delay(PAUSE_MS);
        billing.resume();
      }
    }
    await untilShared();
    await load.finish();
    expect((await Books.of(fleet.place)).violations).toEqual([]);
    expect(await contradictionsIn(load.register, fleet.place)).toEqual([]);
    expect(await auditOf(fleet.place)).toMatchObject(soundAudit);
  });
});
