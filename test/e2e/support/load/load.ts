import { Random } from '../random';
import type { System } from '../system';
import { Client } from './client';
import { Gate } from './gate';
import { History } from './history';
import { Plan, type BusyTeam } from './plan';

const OPENING_BALANCE_CENTS = 2_000;
/** Caps of each team's sub-accounts, in cents. */
const LIMITS = [50, 300, 1_000, null] as const;

export interface LoadOptions {
  readonly clients: number;
  readonly seed: number;
}

/** Many careful clients on a few teams, through however many deaths of the server. */
export class Load {
  readonly history = new History();
  readonly gate = new Gate();
  private readonly clients: Client[];
  private running: Promise<unknown> = Promise.resolve();

  private constructor(
    system: System,
    readonly teams: readonly BusyTeam[],
    { clients, seed }: LoadOptions,
  ) {
    this.clients = Array.from({ length: clients }, (_, number) => {
      const random = new Random(seed + number);
      const plan = new Plan(`c${number}`, system, teams, random);
      return new Client({ plan, history: this.history, gate: this.gate, random });
    });
  }

  /** On a system that runs; the gate is still closed. */
  static async on(system: System, options: LoadOptions): Promise<Load> {
    return new Load(system, [await openTeam(system), await openTeam(system)], options);
  }

  start(): void {
    this.running = Promise.all(this.clients.map((client) => client.run()));
    // Told where it is waited for; until then it must not end the process.
    this.running.catch(() => undefined);
  }

  /** Resolves when every client knows what became of everything that it asked for. */
  async finish(): Promise<void> {
    this.gate.open();
    this.clients.forEach((client) => client.finish());
    await this.running;
  }
}

async function openTeam(system: System): Promise<BusyTeam> {
  const team = await system.openTeam(OPENING_BALANCE_CENTS);
  const spenders = [team.main];
  for (const limit of LIMITS) spenders.push(await system.openAccount(team, limit));
  return { ...team, spenders };
}
