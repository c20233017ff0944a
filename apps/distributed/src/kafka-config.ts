import type { SASLOptions } from 'kafkajs';
import type { Environment } from '@tollgate/platform';

export interface KafkaConfig {
  readonly brokers: readonly string[];
  readonly ssl: boolean;
  readonly sasl: SASLOptions | undefined;
  /** Of the command topic, when this process creates it. @default 24 */
  readonly partitions: number;
  /** @default 1 */
  readonly replicationFactor: number;
  /** After which silence the partitions of a billing go to another, in ms. @default 10000 */
  readonly sessionTimeoutMs: number;
}

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export function kafkaConfig(from: Environment): KafkaConfig {
  return {
    brokers: from.list('TOLLGATE_KAFKA_BROKERS', '127.0.0.1:9092'),
    ssl: isOn(from, 'TOLLGATE_KAFKA_SSL'),
    sasl: saslOf(from),
    partitions: from.integer('TOLLGATE_KAFKA_PARTITIONS', 24, 1, 10_000),
    replicationFactor: from.integer('TOLLGATE_KAFKA_REPLICATION', 1, 1, 10),
    sessionTimeoutMs: from.integer('TOLLGATE_KAFKA_SESSION_TIMEOUT_MS', 10_000, 1_000, 300_000),
  };
}

function isOn(from: Environment, name: string): boolean {
  const text = from.text(name, 'false');
  if (text !== 'true' && text !== 'false') from.fault(name, 'must be true or false');
  return text === 'true';
}

function saslOf(from: Environment): SASLOptions | undefined {
  const name = from.optional('TOLLGATE_KAFKA_SASL_MECHANISM');
  if (name === undefined) return undefined;
  const mechanism = MECHANISMS.find((each) => each === name);
  if (mechanism === undefined) {
    from.fault('TOLLGATE_KAFKA_SASL_MECHANISM', `must be ${MECHANISMS.join(', ')}`);
    return undefined;
  }
  const username = required(from, 'TOLLGATE_KAFKA_SASL_USERNAME');
  const password = required(from, 'TOLLGATE_KAFKA_SASL_PASSWORD');
  return { mechanism, username, password } as SASLOptions;
}

function required(from: Environment, name: string): string {
  const value = from.optional(name);
  if (value === undefined) from.fault(name, 'is required with a SASL mechanism');
  return value ?? '';
}
