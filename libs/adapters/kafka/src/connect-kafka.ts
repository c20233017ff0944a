import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import type { KafkaOptions } from './kafka-options';

const CONNECT_MS_MAX = 2_000;
const REQUEST_MS_MAX = 10_000;

/** A client for everything that this process does with Kafka. It connects when it is used. */
export function connectKafka({ brokers, clientId, ssl, sasl, log }: KafkaOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECT_MS_MAX,
    requestTimeout: REQUEST_MS_MAX,
    // Short: whoever waits for an answer is told soon, and consumers try again by themselves.
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => write(log, entry),
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
  });
}

/** What the library calls an error is mostly one that it goes on to mend. */
function write(log: KafkaOptions['log'], { namespace, log: { message, error } }: LogEntry): void {
  log.warn('kafka', { namespace, message, ...(error === undefined ? {} : { error }) });
}
