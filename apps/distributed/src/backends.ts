import { EventStoreDbEventLog, EventStoreDbVault } from '@tollgate/adapter-eventstoredb';
import { KafkaExchange, connectKafka } from '@tollgate/adapter-kafka';
import {
  RedisLease,
  connectRedis,
  redisAddressOf,
  type RedisConnection,
} from '@tollgate/adapter-redis';
import { STREAM_PREFIXES } from '@tollgate/contracts';
import { ActiveInstance, type HealthCheck, type Work } from '@tollgate/platform';
import type { Log } from '@tollgate/ports';
import type { Kafka } from 'kafkajs';
import type { Config } from './config';
import type { ServiceOptions } from './service-options';

const CHECKED_STREAM = 'team-health';

export function openEventLog({ eventStore }: Config, log: Log): EventStoreDbEventLog {
  return new EventStoreDbEventLog({
    connectionString: eventStore,
    streamPrefixes: STREAM_PREFIXES,
    log,
  });
}

/** Keys of personal data, in streams that no follower of the log is handed. */
export function openVault({ eventStore }: Config): EventStoreDbVault {
  return new EventStoreDbVault({ connectionString: eventStore });
}

export function openRedis({ redis }: Config, log: Log): RedisConnection {
  return connectRedis({ ...redisAddressOf(redis), log });
}

export function openKafka({ kafka, service, instance }: Config, log: Log): Kafka {
  const { brokers, ssl, sasl } = kafka;
  return connectKafka({
    brokers,
    clientId: `tollgate-${service}-${instance}`,
    ssl,
    ...(sasl === undefined ? {} : { sasl }),
    log,
  });
}

/** Where this process asks for commands, and hears what became of them. */
export function openExchange(config: Config, log: Log): KafkaExchange {
  const { service, instance, gateway } = config;
  const { partitions, replicationFactor } = config.kafka;
  return new KafkaExchange(openKafka(config, log), log, {
    instance: `${service}.${instance}`,
    topics: { partitions, replicationFactor },
    ...(gateway === undefined ? {} : { timeoutMs: gateway.answerTimeoutMs }),
  });
}

export function redisCheck(redis: RedisConnection): HealthCheck {
  return {
    name: 'Redis',
    check: () => redis.send((client) => client.ping()).then(() => undefined),
  };
}

/** A read of a stream that is not there: the cheapest question that only the store can answer. */
export function eventLogCheck(events: EventStoreDbEventLog): HealthCheck {
  return {
    name: 'event store',
    check: async () => {
      const batches = events.readStream(CHECKED_STREAM)[Symbol.asyncIterator]();
      await batches.next();
      await batches.return?.();
      return undefined;
    },
  };
}

export function problemCheck(
  name: string,
  part: { readonly problem: string | undefined },
): HealthCheck {
  return { name, check: () => part.problem };
}

/** Has `work` done by one instance of this service at a time. */
export function activeInstance(
  { config, log, metrics }: ServiceOptions,
  redis: RedisConnection,
  work: () => Work,
): ActiveInstance {
  const role = config.service;
  const lease = (onLost: () => void): RedisLease => new RedisLease({ redis, name: role, onLost });
  return new ActiveInstance({ role, lease, log, metrics, work });
}
