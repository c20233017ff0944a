import type { Log } from '@tollgate/ports';
import type { SASLOptions } from 'kafkajs';

export interface KafkaOptions {
  /** host:port of some brokers of the cluster. */
  readonly brokers: readonly string[];
  /** Names this process in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly ssl?: boolean;
  readonly sasl?: SASLOptions;
  readonly log: Log;
}

export interface TopicOptions {
  /** Of a command topic; never lowered, and raised only while nobody sends. @default 24 */
  readonly partitions: number;
  /** @default 1 */
  readonly replicationFactor: number;
}
