import type { INestMicroservice } from '@nestjs/common';
import { KafkaCommandConsumer, KafkaCommandLog } from '@tollgate/adapter-kafka';
import {
  RedisCheckpoints,
  RedisReadModelReader,
  RedisSchedule,
  RedisSnapshots,
} from '@tollgate/adapter-redis';
import { nodeDigest, systemClock } from '@tollgate/adapter-runtime';
import { VaultSealing } from '@tollgate/adapter-sealing';
import { carrierOf, webhookClientOf } from '@tollgate/composition';
import { billingProtocol, messagingProtocol } from '@tollgate/contracts';
import { MessagingWork, createMessaging, senderAddresses } from '@tollgate/messaging';
import {
  HealthChecks,
  deriveWebhookSecret,
  type ActiveInstance,
  type Service,
} from '@tollgate/platform';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import {
  activeInstance,
  eventLogCheck,
  openEventLog,
  openExchange,
  openKafka,
  openRedis,
  openVault,
  problemCheck,
  redisCheck,
} from '../backends';
import type { ServiceOptions } from '../service-options';

/**
 * Decides about contacts, senders and numbers, as one of the group that shares them; one instance
 * also does what follows from the log, and others stand by.
 */
export class MessagingService implements Service {
  private readonly events;
  private readonly redis;
  private readonly readModels;
  private readonly sealing: VaultSealing;
  private readonly vault;
  private readonly exchange;
  private readonly consumer;
  private readonly carrier;
  private readonly webhookClient;
  private readonly checks: HealthChecks;
  private readonly active: ActiveInstance;
  private writers: INestMicroservice | undefined;

  constructor(private readonly options: ServiceOptions) {
    const { config, log } = options;
    const { partitions, replicationFactor, sessionTimeoutMs } = config.kafka;
    this.events = openEventLog(config, log);
    this.redis = openRedis(config, log);
    this.readModels = new RedisReadModelReader({ redis: this.redis, version: READ_MODELS_VERSION });
    this.vault = openVault(config);
    this.sealing = new VaultSealing(this.vault);
    this.exchange = openExchange(config, log);
    this.consumer = new KafkaCommandConsumer(messagingProtocol, openKafka(config, log), log, {
      sessionTimeoutMs,
      topics: { partitions, replicationFactor },
    });
    this.carrier = carrierOf(config.messaging!);
    this.webhookClient = webhookClientOf(config.messaging!);
    this.checks = new HealthChecks([
      eventLogCheck(this.events),
      redisCheck(this.redis),
      problemCheck('Kafka', this.exchange),
      problemCheck('Kafka', this.consumer),
    ]);
    this.active = activeInstance(options, this.redis, () => this.newWork());
  }

  get problem(): string | undefined {
    return this.checks.problem;
  }

  async start(): Promise<void> {
    const { events, consumer } = this;
    await this.exchange.open();
    this.writers = await createMessaging(consumer, {
      events,
      snapshots: new RedisSnapshots(this.redis),
      digest: nodeDigest,
      log: this.options.log,
      owner: consumer,
    });
    await this.writers.listen();
    await this.checks.start();
    this.active.start();
  }

  /** No more work, then no more commands, then what both stood on. */
  async stop(): Promise<void> {
    await this.active.stop();
    await this.checks.stop();
    await this.writers?.close();
    await this.exchange.close();
    await this.carrier.close();
    await this.webhookClient.close();
    await this.vault.close();
    await this.events.close();
    this.readModels.close();
    this.redis.close();
  }

  private newWork(): MessagingWork {
    const { events, redis, readModels, sealing, exchange } = this;
    const { config, log } = this.options;
    return new MessagingWork({
      events,
      readModels,
      billing: new KafkaCommandLog(billingProtocol, exchange),
      messaging: new KafkaCommandLog(messagingProtocol, exchange),
      checkpoints: new RedisCheckpoints(redis),
      scheduleOf: (consumer) => new RedisSchedule(redis, consumer),
      vault: sealing.vault,
      sealing,
      carrier: this.carrier.carrier,
      senderAddress: senderAddresses(readModels),
      webhookClient: this.webhookClient,
      webhookSecretOf: (senderId, version) =>
        deriveWebhookSecret(config.keySecret!, senderId, version),
      digest: nodeDigest,
      clock: systemClock,
      log,
    });
  }
}
