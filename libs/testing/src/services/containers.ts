import type { GenericContainer } from 'testcontainers';
import { freePort } from '../processes/free-port';
import { kafkaAnswers } from './answers';
import { untilAnswering } from './until-answering';
import { whenThisProcessIsGone } from './watchdog';

const HOST = '127.0.0.1';
const REDIS_PORT = 6379;
const EVENT_STORE_PORT = 2113;

export interface ContainerService {
  readonly port: number;
  stop(): Promise<void>;
}

/** testcontainers is large, and its own reaper is one more image that would have to be pulled. */
async function containerOf(image: string): Promise<GenericContainer> {
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  const { GenericContainer } = await import('testcontainers');
  return new GenericContainer(image).withAutoRemove(true);
}

async function startOn(
  port: number,
  inside: number,
  container: GenericContainer,
): Promise<ContainerService> {
  const started = await container.withExposedPorts({ container: inside, host: port }).start();
  const callOff = whenThisProcessIsGone(['docker', 'rm', '-f', started.getId()]);
  const stop = async (): Promise<void> => {
    await started.stop();
    callOff();
  };
  return { port, stop };
}

/** Kafka tells its clients its own address, so the port must be the same on both sides. */
export async function startKafkaContainer(image: string): Promise<ContainerService> {
  const port = await freePort();
  const container = (await containerOf(image)).withEnvironment({
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:9093`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${HOST}:${port}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  });
  const started = await startOn(port, port, container);
  await untilAnswering('Kafka', () => kafkaAnswers(`${HOST}:${port}`));
  return started;
}

export async function startEventStoreContainer(image: string): Promise<ContainerService> {
  const { Wait } = await import('testcontainers');
  const container = (await containerOf(image))
    .withEnvironment({
      EVENTSTORE_INSECURE: 'true',
      EVENTSTORE_MEM_DB: 'true',
      EVENTSTORE_RUN_PROJECTIONS: 'None',
    })
    .withWaitStrategy(Wait.forHttp('/health/live', EVENT_STORE_PORT).forStatusCode(204));
  return startOn(await freePort(), EVENT_STORE_PORT, container);
}

export async function startRedisContainer(image: string): Promise<ContainerService> {
  return startOn(await freePort(), REDIS_PORT, await containerOf(image));
}
