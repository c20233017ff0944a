import { findOrSayWhyNot, type Find } from './availability';
import type { KafkaProcess } from './kafka-process';
import type { DevstoreProcess } from '../processes/devstore-process';
import type { StackProcess } from '../processes/stack-process';
import {
  realEventStore,
  realKafka,
  realRedis,
  startedDevstoreProcess,
  startedKafkaProcess,
  startedRedisProcess,
  startedStackProcess,
  type RealEventStore,
  type RealKafka,
  type RealRedis,
} from './real-services';
import type { RedisProcess } from './redis-process';
import { EVENT_STORE, KAFKA, REDIS, type ServiceKind } from './service-kinds';
import { nativeSourceOf, sourceOf, type Source } from './sources';

const START_MS_MAX = 90_000;
const STOP_MS_MAX = 30_000;

/** The body of a suite. The service is there while its tests and hooks run. */
export type SuiteWith<Service> = (service: () => Service) => void;

/** Tests against a real Kafka, one for the whole suite. */
export function describeWithKafka(name: string, suite: SuiteWith<RealKafka>): void {
  const stop = (kafka: RealKafka): Promise<void> => kafka.stop();
  describeWith({ service: KAFKA, find: sourceOf, start: realKafka, stop }, name, suite);
}

/** Tests against a real Redis, one for the whole suite. */
export function describeWithRedis(name: string, suite: SuiteWith<RealRedis>): void {
  const stop = (redis: RealRedis): Promise<void> => redis.stop();
  describeWith({ service: REDIS, find: sourceOf, start: realRedis, stop }, name, suite);
}

/** Tests against a real event store, one for the whole suite. */
export function describeWithEventStore(name: string, suite: SuiteWith<RealEventStore>): void {
  const stop = (store: RealEventStore): Promise<void> => store.stop();
  describeWith({ service: EVENT_STORE, find: sourceOf, start: realEventStore, stop }, name, suite);
}

/** Tests that kill, pause and restart Kafka: always a process of their own. */
export function describeWithKafkaProcess(name: string, suite: SuiteWith<KafkaProcess>): void {
  const stop = (kafka: KafkaProcess): Promise<void> => kafka.remove();
  const start = startedKafkaProcess;
  describeWith({ service: KAFKA, find: nativeSourceOf, start, stop }, name, suite);
}

/** Tests that kill, pause and restart Redis: always a process of their own. */
export function describeWithRedisProcess(name: string, suite: SuiteWith<RedisProcess>): void {
  const stop = (redis: RedisProcess): Promise<void> => redis.remove();
  const start = startedRedisProcess;
  describeWith({ service: REDIS, find: nativeSourceOf, start, stop }, name, suite);
}

/** Tests that kill, pause and restart devstore: always a process of their own. */
export function describeWithDevstoreProcess(name: string, suite: SuiteWith<DevstoreProcess>): void {
  const stop = (devstore: DevstoreProcess): Promise<void> => devstore.remove();
  const start = startedDevstoreProcess;
  describeWith({ service: EVENT_STORE, find: nativeSourceOf, start, stop }, name, suite);
}

/** Tests on the whole system as `npm run stack` runs it: always processes of their own. */
export function describeWithStack(name: string, suite: SuiteWith<StackProcess>): void {
  const stop = (stack: StackProcess): Promise<void> => stack.remove();
  const find: Find = (service) => {
    for (const other of [REDIS, EVENT_STORE]) nativeSourceOf(other);
    return nativeSourceOf(service);
  };
  describeWith({ service: KAFKA, find, start: startedStackProcess, stop }, name, suite);
}

/** Tests that kill, pause and restart all services, which the suite starts by itself. */
export function describeWithAllProcesses(name: string, suite: () => void): void {
  const kinds = [KAFKA, REDIS, EVENT_STORE];
  const sources = kinds.map((kind) => findOrSayWhyNot(kind, nativeSourceOf, name));
  const define = sources.includes(undefined) ? describe.skip : describe;
  define(name, suite);
}

interface Ways<Service> {
  readonly service: ServiceKind;
  readonly find: Find;
  readonly start: (source: Source) => Promise<Service>;
  readonly stop: (service: Service) => Promise<void>;
}

function describeWith<S>(ways: Ways<S>, name: string, suite: SuiteWith<S>): void {
  const source = findOrSayWhyNot(ways.service, ways.find, name);
  let running: S | undefined;
  const service = (): S => {
    if (running === undefined)
      throw new Error(`${ways.service.name} is there only inside of tests`);
    return running;
  };
  const define = source === undefined ? describe.skip : describe;
  define(name, () => {
    beforeAll(async () => {
      if (source !== undefined) running = await ways.start(source);
    }, START_MS_MAX);
    afterAll(async () => {
      if (running !== undefined) await ways.stop(running);
    }, STOP_MS_MAX);
    suite(service);
  });
}
