import { DistributedSystem, type DistributedSystemOptions } from '@tollgate/testing';
import type { KeyAnswer, SubAccountAnswer, TeamAnswer } from '../../e2e/support/answers';
import { Api } from '../../e2e/support/api';
import { placeOf } from '../../e2e/support/log-place';
import { Random } from '../../e2e/support/random';
import { BothGateways } from './both-gateways';

/** An account that spends, at either gateway. */
export interface FleetSpender {
  readonly id: string;
  readonly api: BothGateways;
}

export interface FleetTeam {
  readonly id: string;
  readonly keyId: string;
  readonly main: FleetSpender;
}

/** The distributed system, and what an operator does with it first. */
export class Fleet {
  readonly operator: BothGateways;

  private constructor(
    readonly system: DistributedSystem,
    random: Random,
  ) {
    const gateways = system.urls.map((url) => new Api(url, system.operatorKey));
    this.operator = new BothGateways(gateways, () => random.next());
  }

  /** A system that does not start leaves nothing behind. */
  static async start(options: DistributedSystemOptions, seed = 1): Promise<Fleet> {
    const system = await DistributedSystem.create(options);
    try {
      await system.start();
      return new Fleet(system, new Random(seed));
    } catch (fault) {
      await system.remove();
      throw fault;
    }
  }

  /** Where its log and its read models can be read. */
  get place(): string {
    const { eventStore, redis } = this.system.backends;
    return placeOf(eventStore.connectionString, redis.url);
  }

  api(key: string): BothGateways {
    return this.operator.as(key);
  }

  async openTeam(openingBalance: number): Promise<FleetTeam> {
    const { operator } = this;
    const body = { name: 'Acme', openingBalance };
    const { team, apiKey } = await operator.expect(
      201,
      operator.post<{ team: TeamAnswer; apiKey: KeyAnswer }>('/operator/v1/teams', body),
    );
    const main = { id: team.mainAccount.id, api: this.api(apiKey.key) };
    return { id: team.id, keyId: apiKey.id, main };
  }

  async openAccount(
    { main: { api } }: FleetTeam,
    creditLimit: number | null = null,
  ): Promise<FleetSpender> {
    const body = { name: 'Sub-account', creditLimit };
    const { subAccount } = await api.expect(
      201,
      api.post<{ subAccount: SubAccountAnswer }>('/v1/sub-accounts', body),
    );
    return { id: subAccount.id, api: this.api(subAccount.apiKey) };
  }

  async end(): Promise<void> {
    this.operator.close();
    await this.system.remove();
  }
}
