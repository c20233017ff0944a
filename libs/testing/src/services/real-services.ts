import { DevstoreProcess } from '../processes/devstore-process';
import { startEventStoreContainer, startKafkaContainer, startRedisContainer } from './containers';
import { KafkaProcess } from './kafka-process';
import { RedisProcess } from './redis-process';
import { EVENT_STORE, KAFKA, REDIS } from './service-kinds';
import { sourceOf, type Source } from './sources';

/** A Kafka cluster; shared with others when its address was given, so name topics uniquely. */
export interface RealKafka {
  readonly brokers: string[];
  stop(): Promise<void>;
}

/** A Redis; shared with others when its address was given, so prefix keys uniquely. */
export interface RealRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** An EventStoreDB node, or devstore in its place. Shared when its address was given. */
export interface RealEventStore {
  readonly connectionString: string;
  stop(): Promise<void>;
}

const leaveAlone = (): Promise<void> => Promise.resolve();

/** Resolves when Kafka answers. @throws Error when none can be had. */
export async function realKafka(source: Source = sourceOf(KAFKA)): Promise<RealKafka> {
  if (source.kind === 'address') return { brokers: source.address.split(','), stop: leaveAlone };
  if (source.kind === 'container') {
    const { port, stop } = await startKafkaContainer(KAFKA.image);
    return { brokers: [`127.0.0.1:${port}`], stop };
  }
  const kafka = await startedKafkaProcess();
  return { brokers: kafka.brokers, stop: () => kafka.remove() };
}

/** Resolves when Redis answers. @throws Error when none can be had. */
export async function realRedis(source: Source = sourceOf(REDIS)): Promise<RealRedis> {
  if (source.kind === 'address') return { url: redisUrl(source.address), stop: leaveAlone };
  if (source.kind === 'container') {
    const { port, stop } = await startRedisContainer(REDIS.image);
    return { url: `redis://127.0.0.1:${port}`, stop };
  }
  const redis = await startedRedisProcess();
  return { url: redis.url, stop: () => redis.remove() };
}

/** Resolves when the event store answers. @throws Error when none can be had. */
export async function realEventStore(
  source: Source = sourceOf(EVENT_STORE),
): Promise<RealEventStore> {
  if (source.kind === 'address') {
    return { connectionString: eventStoreUrl(source.address), stop: leaveAlone };
  }
  if (source.kind === 'container') {
    const { port, stop } = await startEventStoreContainer(EVENT_STORE.image);
    return { connectionString: eventStoreUrl(`127.0.0.1:${port}`), stop };
  }
  const devstore = await startedDevstoreProcess();
  return { connectionString: devstore.connectionString, stop: () => devstore.remove() };
}

export async function startedDevstoreProcess(): Promise<DevstoreProcess> {
  const devstore = await DevstoreProcess.create();
  await devstore.start();
  return devstore;
}

export async function startedKafkaProcess(): Promise<KafkaProcess> {
  const kafka = await KafkaProcess.create();
  await kafka.start();
  return kafka;
}

export async function startedRedisProcess(): Promise<RedisProcess> {
  const redis = await RedisProcess.create();
  await redis.start();
  return redis;
}

function redisUrl(address: string): string {
  return address.includes('://') ? address : `redis://${address}`;
}

function eventStoreUrl(address: string): string {
  return address.includes('://') ? address : `esdb://${address}?tls=false`;
}
