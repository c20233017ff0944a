import { hostname } from 'node:os';
import { resolve } from 'node:path';
import {
  Environment,
  isLogLevel,
  messagingSettings,
  type LogLevel,
  type MessagingSettings,
} from '@tollgate/platform';
import { kafkaConfig, type KafkaConfig } from './kafka-config';

export const SERVICES = ['gateway', 'billing', 'messaging', 'projection'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface Config {
  readonly service: ServiceName;
  /** Tells it from others of its kind; names a gateway's reply topic. @default hostname */
  readonly instance: string;
  readonly kafka: KafkaConfig;
  /** Connection string. */
  readonly eventStore: string;
  /** A URL, or several, with commas, for the nodes of a Cluster. */
  readonly redis: readonly string[];
  /** Of `/health/live`, `/health/ready` and `/metrics`. @default 9464 */
  readonly healthPort: number;
  /** @default 127.0.0.1 */
  readonly host: string;
  readonly logLevel: LogLevel;
  /** Of the gateway only. */
  readonly gateway: GatewayConfig | undefined;
  /** Of the gateway and messaging only: the secret that API keys and webhook secrets come from. */
  readonly keySecret: string | undefined;
  /** Of the gateway and messaging only. */
  readonly messaging: MessagingSettings | undefined;
}

export interface GatewayConfig {
  /** @default 8080 */
  readonly port: number;
  readonly operatorKey: string;
  /** @default 600; 0 turns the limit off */
  readonly rateLimitPerMinute: number;
  /** How long an answer is waited for, in ms. @default 10000 */
  readonly answerTimeoutMs: number;
  /** Undefined for the price list that comes with the system. */
  readonly priceListPath: string | undefined;
}

const SECRET_MIN = 16;
const INSTANCE = /^[A-Za-z0-9._-]{1,100}$/;

/** @throws ConfigInvalid naming every setting that breaks a rule. */
export function loadConfig(name: string | undefined, env: NodeJS.ProcessEnv): Config {
  const from = new Environment(env);
  const service = SERVICES.find((each) => each === name);
  if (service === undefined) from.fault('the first argument', `must be ${SERVICES.join(', ')}`);
  const instance = from.text('TOLLGATE_INSTANCE', hostname());
  if (!INSTANCE.test(instance)) {
    from.fault('TOLLGATE_INSTANCE', 'must be 1 to 100 letters, digits, dots, dashes, underscores');
  }
  const logLevel = from.text('TOLLGATE_LOG_LEVEL', 'info');
  if (!isLogLevel(logLevel)) {
    from.fault('TOLLGATE_LOG_LEVEL', 'must be fatal, error, warn, info, debug or silent');
  }
  const config: Config = {
    service: service ?? 'gateway',
    instance,
    kafka: kafkaConfig(from),
    eventStore: from.text('TOLLGATE_EVENTSTOREDB', 'esdb://127.0.0.1:2113?tls=false'),
    redis: from.list('TOLLGATE_REDIS', 'redis://127.0.0.1:6379'),
    healthPort: from.integer('TOLLGATE_HEALTH_PORT', 9_464, 0, 65_535),
    host: from.text('TOLLGATE_HOST', '127.0.0.1'),
    logLevel: logLevel as LogLevel,
    gateway: service === 'gateway' ? gatewayConfig(from) : undefined,
    ...(isMessaging(service) ? sharedConfig(from) : { keySecret: undefined, messaging: undefined }),
  };
  from.check();
  return Object.freeze(config);
}

/** The services that messages and webhooks pass through. */
function isMessaging(service: ServiceName | undefined): boolean {
  return service === 'gateway' || service === 'messaging';
}

function sharedConfig(from: Environment): Pick<Config, 'keySecret' | 'messaging'> {
  return { keySecret: secret(from, 'TOLLGATE_KEY_SECRET'), messaging: messagingSettings(from) };
}

function gatewayConfig(from: Environment): GatewayConfig {
  const priceListPath = from.optional('TOLLGATE_PRICE_LIST');
  return {
    port: from.integer('TOLLGATE_PORT', 8_080, 0, 65_535),
    operatorKey: secret(from, 'TOLLGATE_OPERATOR_KEY'),
    rateLimitPerMinute: from.integer('TOLLGATE_RATE_LIMIT_PER_MINUTE', 600, 0, 10_000_000),
    answerTimeoutMs: from.integer('TOLLGATE_ANSWER_TIMEOUT_MS', 10_000, 100, 120_000),
    priceListPath: priceListPath === undefined ? undefined : resolve(priceListPath),
  };
}

/** Made by nobody here: every service of a system must have the same. */
function secret(from: Environment, name: string): string {
  const value = from.text(name, '');
  if (value.length < SECRET_MIN) from.fault(name, `must have at least ${SECRET_MIN} characters`);
  return value;
}
