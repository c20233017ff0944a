import { DevstoreProcess } from '../processes/devstore-process';
import { StackProcess } from '../processes/stack-process';
import { startEventStoreContainer, startKafkaContainer, startRedisContainer } from './containers';
import { KafkaProcess } from './kafka-process';
import type { NativeProcess } from './native-process';
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

export const startedDevstoreProcess = async (): Promise<DevstoreProcess> =>
  started(await DevstoreProcess.create());

export const startedKafkaProcess = async (): Promise<KafkaProcess> =>
  started(await KafkaProcess.create());

export const startedRedisProcess = async (): Promise<RedisProcess> =>
  started(await RedisProcess.create());

export const startedStackProcess = async (): Promise<StackProcess> =>
  started(await StackProcess.create());

/** A program that doesn't start leaves no folder behind. */
async function started<Program extends Pick<NativeProcess, 'start' | 'remove'>>(
  program: Program,
): Promise<Program> {
  try {
    await program.start();
    return program;
  } catch (error) {
    await program.remove();
    throw error;
  }
}

function redisUrl(address: string): string {
  return address.includes('://') ? address : `redis://${address}`;
}

function eventStoreUrl(address: string): string {
  return address.includes('://') ? address : `esdb://${address}?tls=false`;
}
