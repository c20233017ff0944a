import type { Fleet } from '../fleet';
import type { FleetLoad, WorkedTeam } from '../load/fleet-load';
import { until } from '../until';
import type { Fault } from './fault';

/** So many decisions of each team, and the system counts as alive again. */
const DECIDED = 3;

/** What happened in a run, for those who read its summary. */
export class Storm {
  readonly counts = new Map<string, number>();

  constructor(
    private readonly fleet: Fleet,
    private readonly load: FleetLoad,
  ) {}

  /** The next as soon as everybody was served again after the last. */
  async rage(hands: readonly (readonly Fault[])[]): Promise<void> {
    for (const hand of hands) {
      this.load.outages.during(hand.length === 1 ? hand[0]!.name : 'several at once');
      await Promise.all(hand.map((fault) => this.inflict(fault)));
      await this.recovered(hand);
    }
    this.load.outages.during('none');
  }

  inWords(): string {
    return [...this.counts].map(([name, count]) => `${name} ${count}`).join(', ');
  }

  private async inflict({ name, inflict }: Fault): Promise<void> {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    await inflict();
  }

  private async recovered(hand: readonly Fault[]): Promise<void> {
    const names = hand.map(({ name }) => name).join(' and ');
    const before = this.load.teams.map(({ meter }) => meter.decided);
    await until(`decisions after ${names}`, () =>
      this.load.teams.every(({ meter }, place) => meter.decided >= before[place]! + DECIDED),
    );
    await until(`reads after ${names}`, async () => {
      const shown = await Promise.all(this.load.teams.map((team) => this.isShown(team)));
      return shown.every(Boolean);
    });
  }

  private async isShown({ main }: WorkedTeam): Promise<boolean> {
    const answers = await Promise.all(
      this.fleet.system.urls.map((_, place) => main.api.at(place).get('/v1/balance')),
    );
    return answers.every(({ status }) => status === 200);
  }
}
