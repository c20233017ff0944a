import { RedisReadModels, ServingNamespace } from '@tollgate/adapter-redis';
import { VaultSealing } from '@tollgate/adapter-sealing';
import { HealthChecks, type ActiveInstance, type Service } from '@tollgate/platform';
import { ShownReadModels } from '@tollgate/projection';
import { isAccessRow } from '@tollgate/projections';
import {
  activeInstance,
  eventLogCheck,
  openEventLog,
  openRedis,
  openVault,
  redisCheck,
} from '../backends';
import type { ServiceOptions } from '../service-options';

/** Keeps the read models. One instance does; others stand by. */
export class ProjectionService implements Service {
  private readonly events;
  private readonly redis;
  private readonly vault;
  private readonly checks: HealthChecks;
  private readonly active: ActiveInstance;

  constructor(private readonly options: ServiceOptions) {
    const { config, log } = options;
    this.events = openEventLog(config, log);
    this.redis = openRedis(config, log);
    this.vault = openVault(config);
    this.checks = new HealthChecks([eventLogCheck(this.events), redisCheck(this.redis)]);
    this.active = activeInstance(options, this.redis, () => this.newWork());
  }

  get problem(): string | undefined {
    return this.checks.problem;
  }

  async start(): Promise<void> {
    await this.checks.start();
    this.active.start();
  }

  async stop(): Promise<void> {
    await this.active.stop();
    await this.checks.stop();
    await this.vault.close();
    await this.events.close();
    this.redis.close();
  }

  private newWork(): ShownReadModels {
    const { redis, events } = this;
    const { log, metrics } = this.options;
    return new ShownReadModels({
      served: new ServingNamespace(redis),
      open: (namespace) =>
        new RedisReadModels({ redis, namespace, announce: isAccessRow, overlap: 'gap' }),
      events,
      sealing: new VaultSealing(this.vault),
      log,
      metrics,
    });
  }
}
