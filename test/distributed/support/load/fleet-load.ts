import { Plan } from '../../../e2e/support/load/plan';
import { Random } from '../../../e2e/support/random';
import type { Fleet, FleetSpender, FleetTeam } from '../fleet';
import { Client } from './client';
import { Register } from './register';
import { Revoker } from './revoker';
import { Outages, TeamMeter } from './team-meter';

const OPENING_BALANCE_CENTS = 5_000;
/** Caps of each team's sub-accounts, in cents. */
const LIMITS = [50, 300, 1_000, null] as const;

export interface FleetLoadOptions {
  readonly teams: number;
  readonly clientsPerTeam: number;
  readonly seed: number;
}

export interface WorkedTeam extends FleetTeam {
  readonly spenders: FleetSpender[];
  readonly meter: TeamMeter;
}

/** Careful clients on a few teams, and what they were told. */
export class FleetLoad {
  readonly register = new Register();
  readonly outages = new Outages();
  readonly teams: WorkedTeam[] = [];
  readonly revokers: Revoker[] = [];
  private readonly clients: Client[] = [];
  private running: Promise<unknown> = Promise.resolve();

  static async on(fleet: Fleet, options: FleetLoadOptions): Promise<FleetLoad> {
    const load = new FleetLoad();
    for (let count = 0; count < options.teams; count += 1) await load.addTeam(fleet, options);
    return load;
  }

  start(): void {
    const all = [...this.clients, ...this.revokers];
    this.running = Promise.all(all.map((each) => each.run()));
    // Told where it is waited for; until then it must not end the process.
    this.running.catch(() => undefined);
  }

  /** Resolves when nobody asks any more. */
  async finish(): Promise<void> {
    for (const each of [...this.clients, ...this.revokers]) each.finish();
    await this.running;
  }

  private async addTeam(fleet: Fleet, { seed, clientsPerTeam }: FleetLoadOptions): Promise<void> {
    const opened = await fleet.openTeam(OPENING_BALANCE_CENTS);
    const spenders: FleetSpender[] = [opened.main];
    for (const limit of LIMITS) spenders.push(await fleet.openAccount(opened, limit));
    const meter = new TeamMeter((ms) => this.outages.add(ms));
    const team = { ...opened, spenders, meter };
    for (let count = 0; count < clientsPerTeam; count += 1) {
      const number = this.clients.length;
      const random = new Random(seed + number);
      const plan = new Plan(`c${number}`, fleet, [team], random);
      const onDecided = (): void => meter.tick();
      this.clients.push(new Client({ plan, register: this.register, random, onDecided }));
    }
    const owner = await fleet.openAccount(opened);
    this.revokers.push(new Revoker(opened, owner, this.register));
    this.teams.push(team);
  }
}
