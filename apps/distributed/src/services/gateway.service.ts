import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KafkaCommandLog, type KafkaExchange } from '@tollgate/adapter-kafka';
import {
  AccessChanges,
  RedisReadModelReader,
  redisRateLimiter,
  type RedisConnection,
} from '@tollgate/adapter-redis';
import { SandboxNumbers } from '@tollgate/adapter-number-sandbox';
import { nodeDigest, systemClock, ulidIds } from '@tollgate/adapter-runtime';
import { VaultSealing } from '@tollgate/adapter-sealing';
import { carrierReportsOf, webhookUrlProblemOf } from '@tollgate/composition';
import { billingProtocol, messagingProtocol } from '@tollgate/contracts';
import {
  RATE_LIMIT_WINDOW_SECONDS,
  createGateway,
  readPriceList,
  type GatewayOptions,
} from '@tollgate/gateway';
import { CommandedNumberOrders } from '@tollgate/numbers';
import {
  HealthChecks,
  deriveWebhookSecret,
  type MessagingSettings,
  type Service,
} from '@tollgate/platform';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import {
  openEventLog,
  openExchange,
  openRedis,
  openVault,
  problemCheck,
  redisCheck,
} from '../backends';
import type { GatewayConfig } from '../config';
import type { ServiceOptions } from '../service-options';

/** The HTTP API. Any number of them may run beside each other. */
export class GatewayService implements Service {
  /** Of the gateway only the reports of carriers go there; everything else is a command. */
  private readonly events;
  private readonly vault;
  private readonly redis: RedisConnection;
  private readonly readModels: RedisReadModelReader;
  private readonly exchange: KafkaExchange;
  private readonly checks: HealthChecks;
  private stopListening: (() => void) | undefined;
  private app: NestFastifyApplication | undefined;

  constructor(private readonly options: ServiceOptions) {
    const { config, log } = options;
    this.events = openEventLog(config, log);
    this.vault = openVault(config);
    this.redis = openRedis(config, log);
    this.readModels = new RedisReadModelReader({ redis: this.redis, version: READ_MODELS_VERSION });
    this.exchange = openExchange(config, log);
    this.checks = new HealthChecks([
      problemCheck('Kafka', this.exchange),
      redisCheck(this.redis),
      {
        name: 'read models',
        check: () => this.readModels.revisionOf('team-health').then(() => undefined),
      },
    ]);
  }

  get problem(): string | undefined {
    return this.checks.problem;
  }

  async start(): Promise<void> {
    const { config } = this.options;
    await this.exchange.open();
    await this.checks.start();
    this.app = await createGateway(this.gatewayOptions(config.gateway!));
    await this.app.listen(config.gateway!.port, config.host);
  }

  /** No more requests, then the answers that are due, then what they stood on. */
  async stop(): Promise<void> {
    await this.app?.close();
    await this.checks.stop();
    await this.exchange.close();
    await this.vault.close();
    await this.events.close();
    this.stopListening?.();
    this.readModels.close();
    this.redis.close();
  }

  private gatewayOptions(gateway: GatewayConfig): GatewayOptions {
    const { config, log, metrics } = this.options;
    const keySecret = config.keySecret!;
    return {
      ...this.messagingOptions(config.messaging!),
      readModels: this.readModels,
      sealing: new VaultSealing(this.vault),
      inventory: new SandboxNumbers(),
      ids: ulidIds(),
      priceList: readPriceList(gateway.priceListPath),
      operatorKey: gateway.operatorKey,
      keySecret,
      webhookSecretOf: (senderId, version) => deriveWebhookSecret(keySecret, senderId, version),
      rateLimitPerMinute: gateway.rateLimitPerMinute,
      ...this.sharedLimits(gateway),
      onAccessChange: (listener) => this.listen(listener),
      clock: systemClock,
      digest: nodeDigest,
      log,
      metrics,
      notReady: () => this.problem,
    };
  }

  /** What asks the writers for something, and what hears of carriers. */
  private messagingOptions(
    settings: MessagingSettings,
  ): Pick<
    GatewayOptions,
    'commands' | 'messaging' | 'numbers' | 'webhookUrlProblem' | 'carrierReports'
  > {
    const common = { digest: nodeDigest, clock: systemClock, log: this.options.log };
    const commands = new KafkaCommandLog(billingProtocol, this.exchange);
    const messaging = new KafkaCommandLog(messagingProtocol, this.exchange);
    const carrierReports = carrierReportsOf(settings, { events: this.events, ...common });
    return {
      commands,
      messaging,
      numbers: new CommandedNumberOrders({ billing: commands, messaging, ...common }),
      webhookUrlProblem: webhookUrlProblemOf(settings),
      ...(carrierReports === undefined ? {} : { carrierReports }),
    };
  }

  private sharedLimits({ rateLimitPerMinute }: GatewayConfig): Partial<GatewayOptions> {
    if (rateLimitPerMinute === 0) return {};
    const rateLimiter = redisRateLimiter({
      redis: this.redis,
      points: rateLimitPerMinute,
      windowSeconds: RATE_LIMIT_WINDOW_SECONDS,
    });
    return { rateLimiter };
  }

  private listen(listener: () => void): () => void {
    const heard = { onChanged: listener, onMissed: listener };
    this.stopListening = AccessChanges.subscribe(this.redis, heard);
    return this.stopListening;
  }
}
