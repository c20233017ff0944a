import type { PriceList } from '@tollgate/domain';
import type { Clock, CommandLog, Digest, IdSource, Log, ReadModelReader } from '@tollgate/ports';

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
  /** Why the system can't serve now; undefined when it can. */
  readonly notReady: () => string | undefined;
}
