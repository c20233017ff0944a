import { resolve } from 'node:path';
import {
  Environment,
  isLogLevel,
  messagingSettings,
  type LogLevel,
  type MessagingSettings,
} from '@tollgate/platform';
import { DEFAULT_PRICE_LIST } from '@tollgate/gateway';

export interface StandaloneConfig {
  /** 0 takes any free port. @default 8080 */
  readonly port: number;
  /** @default 127.0.0.1 */
  readonly host: string;
  /** Absolute. @default .tollgate */
  readonly dataDir: string;
  /** Made on first start and kept in the data folder when absent. */
  readonly operatorKey: string | undefined;
  /** Requests a minute and account; 0 turns the limit off. @default 600 */
  readonly rateLimitPerMinute: number;
  readonly priceListPath: string;
  readonly messaging: MessagingSettings;
  /** @default warn */
  readonly logLevel: LogLevel;
}

const OPERATOR_KEY_MIN = 16;

/** @throws ConfigInvalid naming every setting that breaks a rule. */
export function loadConfig(env: NodeJS.ProcessEnv): StandaloneConfig {
  const from = new Environment(env);
  const logLevel = from.text('TOLLGATE_LOG_LEVEL', 'warn');
  if (!isLogLevel(logLevel)) {
    from.fault('TOLLGATE_LOG_LEVEL', `must be fatal, error, warn, info, debug or silent`);
  }
  const operatorKey = from.optional('TOLLGATE_OPERATOR_KEY');
  if (operatorKey !== undefined && operatorKey.length < OPERATOR_KEY_MIN) {
    from.fault('TOLLGATE_OPERATOR_KEY', `must have at least ${OPERATOR_KEY_MIN} characters`);
  }
  const config: StandaloneConfig = {
    port: from.integer('TOLLGATE_PORT', 8080, 0, 65_535),
    host: from.text('TOLLGATE_HOST', '127.0.0.1'),
    dataDir: resolve(from.text('TOLLGATE_DATA_DIR', '.tollgate')),
    operatorKey,
    rateLimitPerMinute: from.integer('TOLLGATE_RATE_LIMIT_PER_MINUTE', 600, 0, 10_000_000),
    priceListPath: resolve(from.text('TOLLGATE_PRICE_LIST', DEFAULT_PRICE_LIST)),
    messaging: messagingSettings(from),
    logLevel: logLevel as LogLevel,
  };
  from.check();
  return Object.freeze(config);
}
