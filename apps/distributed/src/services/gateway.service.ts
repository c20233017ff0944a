import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KafkaCommandLog, type KafkaExchange } from '@tollgate/adapter-kafka';
import {
  AccessChanges,
  RedisReadModelReader,
  redisRateLimiter,
  type RedisConnection,
} from '@tollgate/adapter-redis';
import { nodeDigest, systemClock, ulidIds } from '@tollgate/adapter-runtime';
import { billingProtocol } from '@tollgate/contracts';
import {
  RATE_LIMIT_WINDOW_SECONDS,
  createGateway,
  readPriceList,
  type GatewayOptions,
} from '@tollgate/gateway';
import { HealthChecks, type Service } from '@tollgate/platform';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import { openExchange, openRedis, problemCheck, redisCheck } from '../backends';
import type { GatewayConfig } from '../config';
import type { ServiceOptions } from '../service-options';

/** The HTTP API. Any number of them may run beside each other. */
export class GatewayService implements Service {
  private readonly redis: RedisConnection;
  private readonly readModels: RedisReadModelReader;
  private readonly exchange: KafkaExchange;
  private readonly checks: HealthChecks;
  private stopListening: (() => void) | undefined;
  private app: NestFastifyApplication | undefined;

  constructor(private readonly options: ServiceOptions) {
    const { config, log } = options;
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
    this.stopListening?.();
    this.readModels.close();
    this.redis.close();
  }

  private gatewayOptions(gateway: GatewayConfig): GatewayOptions {
    const { log, metrics } = this.options;
    return {
      commands: new KafkaCommandLog(billingProtocol, this.exchange),
      readModels: this.readModels,
      clock: systemClock,
      ids: ulidIds(),
      digest: nodeDigest,
      log,
      priceList: readPriceList(gateway.priceListPath),
      operatorKey: gateway.operatorKey,
      keySecret: gateway.keySecret,
      rateLimitPerMinute: gateway.rateLimitPerMinute,
      ...this.sharedLimits(gateway),
      onAccessChange: (listener) => this.listen(listener),
      metrics,
      notReady: () => this.problem,
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
