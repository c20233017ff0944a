import { SandboxCarrier } from '@tollgate/adapter-carrier-sandbox';
import { KafkaCommandLog, type KafkaExchange } from '@tollgate/adapter-kafka';
import { RedisCheckpoints } from '@tollgate/adapter-redis';
import { nodeDigest, systemClock } from '@tollgate/adapter-runtime';
import { billingProtocol } from '@tollgate/contracts';
import { MessagingWork } from '@tollgate/messaging';
import { HealthChecks, type ActiveInstance, type Service } from '@tollgate/platform';
import {
  activeInstance,
  eventLogCheck,
  openEventLog,
  openExchange,
  openRedis,
  problemCheck,
  redisCheck,
} from '../backends';
import type { ServiceOptions } from '../service-options';

/** Delivers what was charged. One instance does; others stand by. */
export class MessagingService implements Service {
  private readonly events;
  private readonly redis;
  private readonly exchange: KafkaExchange;
  private readonly checks: HealthChecks;
  private readonly active: ActiveInstance;

  constructor(private readonly options: ServiceOptions) {
    const { config, log } = options;
    this.events = openEventLog(config, log);
    this.redis = openRedis(config, log);
    this.exchange = openExchange(config, log);
    this.checks = new HealthChecks([
      eventLogCheck(this.events),
      redisCheck(this.redis),
      problemCheck('Kafka', this.exchange),
    ]);
    this.active = activeInstance(options, this.redis, () => this.newWork());
  }

  get problem(): string | undefined {
    return this.checks.problem;
  }

  async start(): Promise<void> {
    await this.exchange.open();
    await this.checks.start();
    this.active.start();
  }

  async stop(): Promise<void> {
    await this.active.stop();
    await this.checks.stop();
    await this.exchange.close();
    await this.events.close();
    this.redis.close();
  }

  private newWork(): MessagingWork {
    return new MessagingWork({
      events: this.events,
      commands: new KafkaCommandLog(billingProtocol, this.exchange),
      checkpoints: new RedisCheckpoints(this.redis),
      carrier: new SandboxCarrier(),
      digest: nodeDigest,
      clock: systemClock,
      log: this.options.log,
    });
  }
}
