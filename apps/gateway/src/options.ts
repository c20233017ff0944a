import type { DeliveryReport, ReportOutcome } from '@tollgate/delivery';
import type { MessagingKind, PriceList } from '@tollgate/domain';
import type { Metrics } from '@tollgate/platform';
import type {
  Clock,
  CommandLog,
  Digest,
  IdSource,
  Log,
  NumberInventory,
  NumberOrders,
  ReadModelReader,
  Sealing,
} from '@tollgate/ports';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';

/** What the gateway stands on; a composition root binds the adapters. */
export interface GatewayOptions {
  readonly commands: CommandLog;
  /** The command log of contacts, senders and phone numbers. */
  readonly messaging: CommandLog<MessagingKind>;
  readonly readModels: ReadModelReader;
  readonly sealing: Sealing;
  readonly inventory: NumberInventory;
  readonly numbers: NumberOrders;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly log: Log;
  readonly priceList: PriceList;
  /** Full access to `/operator/v1`. */
  readonly operatorKey: string;
  /** The secret that API keys are derived from; all gateways of a system share it. */
  readonly keySecret: string;
  /** The secret that a sender's webhooks are signed with; `version` counts those that it had. */
  readonly webhookSecretOf: (senderId: string, version: number) => string;
  /** Why a webhook may not be sent to a URL; undefined for one that it may be sent to. */
  readonly webhookUrlProblem: (url: string) => string | undefined;
  /** Takes what carriers tell later; they have no route to tell it when absent. */
  readonly carrierReports?: CarrierReports | undefined;
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

/** What a carrier tells of messages after it took them, in requests that it signs. */
export interface CarrierReports {
  /** Whether the carrier wrote these very bytes, and just now. */
  verify(rawBody: Uint8Array, signatureHeader: string | undefined): boolean;
  /** @throws InvalidReports an error of this name, that says what is wrong with the body. */
  parse(rawBody: Uint8Array): readonly DeliveryReport[];
  /** Safe to repeat. */
  record(report: DeliveryReport): Promise<ReportOutcome>;
}
