import { teamStream } from '@tollgate/contracts';
import type { TeamCommand } from '@tollgate/domain';
import type { IdSource } from '@tollgate/ports';
import type { Cluster } from './cluster';
import type { Weather } from './conditions';
import { acceptedOf, isInDoubt, isOutcome, type Attempt, type Intent } from './history';
import type { SimulatedLog } from './simulated-log';
import type { SimulatedClock } from './simulated-clock';
import type { TeamPlan } from './team-plan';
import { turns } from './turns';

export interface ClientSurroundings {
  readonly cluster: Cluster;
  readonly log: SimulatedLog;
  readonly weather: Weather;
  readonly clock: SimulatedClock;
  readonly ids: IdSource;
  /** Every intent that there ever was. */
  readonly intents: Intent[];
}

/** Callers of a team: they send, repeat, give up waiting, ask again, and send things twice. */
export class Client {
  private round = Symbol('round');

  constructor(
    private readonly plan: TeamPlan,
    private readonly surroundings: ClientSurroundings,
  ) {}

  async open(): Promise<void> {
    for (const command of this.plan.opening()) {
      const intent = this.newIntent(command);
      while (acceptedOf(intent).length === 0) await this.pursue([intent]);
    }
  }

  async work(count: number): Promise<void> {
    const { random } = this.surroundings.weather;
    for (let done = 0; done < count;) {
      const size = random.isLucky(0.7) ? 1 : random.integer(2, 8);
      const intents = Array.from({ length: size }, () => this.newIntent(this.plan.next()));
      await this.pursue(intents);
      done += size;
    }
  }

  /** Asks once more, when all is calm, for what is in doubt, and for some that is not. */
  async askAgain(intents: readonly Intent[], probability: number): Promise<void> {
    for (const intent of intents) {
      const isNeeded = intent.attempts.some(isInDoubt);
      if (isNeeded || this.surroundings.weather.random.isLucky(probability)) {
        await this.pursue([intent]);
      }
    }
  }

  private newIntent(command: TeamCommand): Intent {
    const intent = { command: this.withOrigin(command), attempts: [] };
    this.surroundings.intents.push(intent);
    return intent;
  }

  /** Some requests have no idempotency key; their retries are recognised by their content. */
  private withOrigin(command: TeamCommand): TeamCommand {
    const { clock, weather } = this.surroundings;
    if (clock.hasJumps || !weather.random.isLucky(0.2)) return command;
    const keyless = { ...command, fingerprint: `request ${command.id}` };
    delete (keyless as { bodyHash?: number }).bodyHash;
    return keyless;
  }

  private async pursue(intents: readonly Intent[]): Promise<void> {
    const { random } = this.surroundings.weather;
    for (let open = intents; open.length > 0;) {
      this.round = Symbol('round');
      const sendings = [this.send(open)];
      if (random.isLucky(0.1)) sendings.push(this.send(open.filter(isKeyed)));
      await Promise.all(sendings);
      open = open.filter((intent) => this.goesOn(intent));
      await turns(random.integer(0, 3));
    }
  }

  private async send(intents: readonly Intent[]): Promise<void> {
    if (intents.length === 0) return;
    const { cluster, weather } = this.surroundings;
    const attempts = intents.map((intent) => this.newAttempt(intent));
    const commands = attempts.map(({ command }) => command);
    const answering = cluster.submit(this.plan.teamId, commands);
    const mayGiveUp = !weather.isCalm && intents.every(isKeyed) && weather.random.isLucky(0.05);
    const answer = await (mayGiveUp ? Promise.race([answering, this.patience()]) : answering);
    attempts.forEach((attempt, index) => {
      attempt.result = typeof answer === 'string' ? answer : answer[index];
      const { result } = attempt;
      if (isOutcome(result) && result.status === 'accepted') this.plan.learn(result.events);
    });
  }

  private async patience(): Promise<'lost'> {
    await turns(this.surroundings.weather.random.integer(1, 30));
    return 'lost';
  }

  private newAttempt({ command, attempts }: Intent): Attempt {
    const { clock, ids, log } = this.surroundings;
    const isRetry = command.fingerprint !== undefined && attempts.length > 0;
    const attempt: Attempt = {
      command: {
        ...command,
        at: clock.read(),
        ...(isRetry ? { isRetry, id: ids.next() } : {}),
      },
      headBefore: log.headOf(teamStream(this.plan.teamId)),
      round: this.round,
      result: undefined,
    };
    attempts.push(attempt);
    return attempt;
  }

  /** Who is in doubt asks until there is an answer; the others may leave it at that. */
  private goesOn({ attempts }: Intent): boolean {
    const { random, isCalm } = this.surroundings.weather;
    const { round, result } = attempts[attempts.length - 1]!;
    if (attempts.some((attempt) => attempt.round === round && isInDoubt(attempt))) return true;
    const status = isOutcome(result) ? result.status : 'unavailable';
    switch (status) {
      case 'accepted':
        return !isCalm && random.isLucky(0.08);
      case 'refused':
        return !isCalm && random.isLucky(0.15);
      default:
        return isCalm || random.isLucky(0.8);
    }
  }
}

function isKeyed({ command }: Intent): boolean {
  return command.fingerprint === undefined;
}
