import { SequentialIds } from '@tollgate/adapter-in-memory';
import type { Log } from '@tollgate/ports';
import { checkAnswers } from './checks/check-answers';
import { checkDecisions } from './checks/check-decisions';
import { checkReadModels } from './checks/check-read-models';
import { TeamRecord } from './checks/team-record';
import { Client } from './world/client';
import { Cluster } from './world/cluster';
import { Weather } from './world/conditions';
import { nameOf, type Intent } from './world/history';
import { ProjectionProcess } from './world/projection-process';
import { Random } from './world/random';
import { SimulatedClock } from './world/simulated-clock';
import { SimulatedLog } from './world/simulated-log';
import { SimulatedSnapshots } from './world/simulated-snapshots';
import { TeamPlan } from './world/team-plan';
import { turns } from './world/turns';
import { drawOptions } from './world/writer-process';

const CLIENTS = 6;
/** Far more than a run takes. */
const TURNS_MAX = 300_000;

export interface Report {
  readonly seed: number;
  /** Promises that were not kept; none in a good run. */
  readonly problems: readonly string[];
  /** How often each thing happened, to see that a run was worth it. */
  readonly counts: ReadonlyMap<string, number>;
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One run of the whole: rough at first, then calm, then everything is compared. */
export class Simulation {
  private readonly weather: Weather;
  private readonly log: SimulatedLog;
  private readonly cluster: Cluster;
  private readonly projection: ProjectionProcess;
  private readonly teams: { readonly plan: TeamPlan; readonly intents: Intent[] }[];
  private readonly clients: Client[];

  constructor(
    private readonly seed: number,
    private readonly intentsPerClient: number,
    report: Log = silent,
  ) {
    const random = new Random(seed);
    const ids = new SequentialIds();
    const clock = new SimulatedClock(random);
    this.weather = new Weather(random);
    this.log = new SimulatedLog(this.weather);
    const snapshots = new SimulatedSnapshots(this.weather);
    const options = drawOptions(random);
    this.cluster = new Cluster({ log: this.log, snapshots, options, report });
    clock.onJump = () => this.cluster.endLate();
    this.projection = new ProjectionProcess(this.log, report);
    this.teams = Array.from({ length: random.of([1, 2, 3, 6]) }, () => ({
      plan: new TeamPlan(random, ids),
      intents: [],
    }));
    const { cluster, log, weather } = this;
    this.clients = Array.from({ length: CLIENTS }, (_, index) => {
      const { plan, intents } = this.teams[index % this.teams.length]!;
      return new Client(plan, { cluster, log, weather, clock, ids, intents });
    });
  }

  /** @throws Error when the run has no end. */
  async run(): Promise<Report> {
    let isDone = false;
    const running = this.runAll().finally(() => (isDone = true));
    for (let turn = 0; turn < TURNS_MAX && !isDone; turn += 1) await turns(1);
    if (!isDone) throw new Error(`the run of seed ${this.seed} has no end`);
    return running;
  }

  private async runAll(): Promise<Report> {
    const troubles = [this.cluster.trouble(), this.projection.trouble()];
    await this.eachTeam((client) => client.open());
    await Promise.all(this.clients.map((client) => client.work(this.intentsPerClient)));
    this.weather.calmDown();
    await Promise.all(troubles);
    await this.cluster.settle();
    await this.eachTeam((client, intents) => client.askAgain(intents, 0.1));
    await this.projection.settle();
    return { seed: this.seed, problems: await this.problems(), counts: this.counts() };
  }

  private async eachTeam(
    act: (client: Client, intents: readonly Intent[]) => Promise<void>,
  ): Promise<void> {
    await Promise.all(this.teams.map(({ intents }, index) => act(this.clients[index]!, intents)));
  }

  private async problems(): Promise<string[]> {
    const problems: string[] = [];
    for (const { plan, intents } of this.teams) {
      try {
        problems.push(...(await this.problemsOf(plan.teamId, intents)));
      } catch (fault) {
        problems.push(`${plan.teamId} can not be checked: ${String(fault)}`);
      }
    }
    return problems;
  }

  private async problemsOf(teamId: string, intents: readonly Intent[]): Promise<string[]> {
    const record = await TeamRecord.read(teamId, this.log.stored);
    return [
      ...record.problems,
      ...checkAnswers(intents, record),
      ...checkDecisions(intents, record),
      ...(await checkReadModels(teamId, record, this.projection.models)),
    ];
  }

  private counts(): Map<string, number> {
    const counts = new Map([
      ['events', this.log.stored.head],
      ['crashes', this.cluster.crashes],
      ['fail-overs', this.cluster.failOvers],
      ['projector restarts', this.projection.restarts],
    ]);
    for (const { attempts } of this.teams.flatMap(({ intents }) => intents)) {
      for (const { result } of attempts) {
        const name = nameOf(result);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    return counts;
  }
}
