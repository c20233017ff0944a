import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import type { GatewayOptions } from '../src';
import { faultsOf, type Answer } from './answer';
import { Cast, expectStatus, type Account, type Team } from './cast';
import { GatewayWorld } from './world';

interface More {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** The account's own when absent. */
  readonly key?: string;
}

/** One account of one team in a world of its own, and what it asks. */
export class Stage {
  private constructor(
    readonly world: GatewayWorld,
    readonly clock: ManualClock,
    readonly team: Team,
    readonly account: Account,
  ) {}

  get cast(): Cast {
    return new Cast(this.world);
  }

  static async start(options: Partial<GatewayOptions> = {}): Promise<Stage> {
    const clock = new ManualClock();
    const adapters = {
      events: new InMemoryEventLog(),
      snapshots: new InMemorySnapshots(),
      readModels: new InMemoryReadModels(),
      clock,
      ids: new SequentialIds(),
    };
    const world = await GatewayWorld.start(adapters, options);
    const cast = new Cast(world);
    const team = await cast.team();
    return new Stage(world, clock, team, await cast.account(team));
  }

  /** One more account of the team, so that a spec has none of another's things. */
  other(): Promise<Account> {
    return this.cast.account(this.team);
  }

  async send<Body = unknown>(method: string, url: string, more: More = {}): Promise<Answer<Body>> {
    const { key = this.account.key.secret, ...rest } = more;
    const before = this.world.eventCount;
    const answer = await this.world.send<Body>({ method, url, key, ...rest });
    if (faultsOf(answer).length > 0) throw new Error(`${faultsOf(answer)}: ${answer.text}`);
    if (answer.status === 400 && this.world.eventCount !== before) {
      throw new Error(`a refusal changed the log: ${answer.text}`);
    }
    return answer;
  }

  /** The body of an answer that must have this status. */
  async got<Body>(status: number, method: string, url: string, more: More = {}): Promise<Body> {
    return expectStatus(status, await this.send<Body>(method, url, more));
  }

  stop(): Promise<void> {
    return this.world.stop();
  }
}

/** As the official client sends a request again. */
export const AGAIN = { 'x-stainless-retry-count': '1' } as const;
/** As it sends one first. */
export const FIRST = { 'x-stainless-retry-count': '0' } as const;
