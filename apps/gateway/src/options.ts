import type { PriceList } from '@tollgate/domain';
import type { Metrics } from '@tollgate/platform';
import type { Clock, CommandLog, Digest, IdSource, Log, ReadModelReader } from '@tollgate/ports';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';

/** What the gateway stands on; a composition root binds the adapters. */
export interface GatewayOptions {
  readonly commands: CommandLog;
  readonly readModels: ReadModelReader;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly log: Log;
  readonly priceList: PriceList;
  /** Full access to `/operator/v1`. */
  readonly operatorKey: string;
  /** The secret that API keys are derived from; all gateways of a system share it. */
  readonly keySecret: string;
  /** Requests a minute and account; 0 turns the limit off. */
  readonly rateLimitPerMinute: number;
  /** Counts requests for all gateways together; each counts for itself when absent. */
  readonly rateLimiter?: RateLimiterAbstract;
  /** Tells of every change of keys, wherever it was made; answers how to stop listening. */
  readonly onAccessChange?: (listener: () => void) => () => void;
  readonly metrics?: Metrics;
  /** Why the system can't serve now; undefined when it can. */
  readonly notReady: () => string | undefined;
}
