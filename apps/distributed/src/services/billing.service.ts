import type { INestMicroservice } from '@nestjs/common';
import { KafkaCommandConsumer } from '@tollgate/adapter-kafka';
import { RedisSnapshots } from '@tollgate/adapter-redis';
import { nodeDigest } from '@tollgate/adapter-runtime';
import { createBilling } from '@tollgate/billing';
import { billingProtocol } from '@tollgate/contracts';
import { HealthChecks, type Service } from '@tollgate/platform';
import { eventLogCheck, openEventLog, openKafka, openRedis, problemCheck } from '../backends';
import type { ServiceOptions } from '../service-options';

/** One of the group that shares the teams: decides their commands, and appends to the event log. */
export class BillingService implements Service {
  private readonly events;
  private readonly redis;
  private readonly consumer: KafkaCommandConsumer;
  private readonly checks: HealthChecks;
  private billing: INestMicroservice | undefined;

  constructor(private readonly options: ServiceOptions) {
    const { config, log, metrics } = options;
    const { partitions, replicationFactor, sessionTimeoutMs } = config.kafka;
    this.events = openEventLog(config, log);
    this.redis = openRedis(config, log);
    this.consumer = new KafkaCommandConsumer(billingProtocol, openKafka(config, log), log, {
      sessionTimeoutMs,
      topics: { partitions, replicationFactor },
      onAssigned: (count) => metrics.partitions.set(count),
    });
    // Redis holds snapshots only: without them loading a team takes longer, and nothing else.
    this.checks = new HealthChecks([
      eventLogCheck(this.events),
      problemCheck('Kafka', this.consumer),
    ]);
  }

  get problem(): string | undefined {
    return this.checks.problem;
  }

  async start(): Promise<void> {
    const { log, metrics } = this.options;
    const { events, consumer } = this;
    const snapshots = new RedisSnapshots(this.redis);
    const owner = consumer;
    const dependencies = { events, snapshots, digest: nodeDigest, log, owner };
    this.billing = await createBilling(consumer, dependencies, { metrics });
    await this.billing.listen();
    await this.checks.start();
  }

  /** No more commands, then those under way, then what they stood on. */
  async stop(): Promise<void> {
    await this.checks.stop();
    await this.billing?.close();
    await this.events.close();
    this.redis.close();
  }
}
