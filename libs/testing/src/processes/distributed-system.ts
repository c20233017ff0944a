import { KafkaProcess } from '../services/kafka-process';
import { RedisProcess } from '../services/redis-process';
import { DevstoreProcess } from './devstore-process';
import { freePort } from './free-port';
import { ServiceProcess, type ServiceName } from './service-process';

/** The group's shortest session that a broker of ours allows, so that fail-over takes seconds. */
const SESSION_TIMEOUT_MS = '3000';
const PARTITIONS = '6';

export interface DistributedSystemOptions {
  /** How many of each run. @default one of each */
  readonly counts?: Partial<Readonly<Record<ServiceName, number>>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the services stand on: real Kafka, real Redis, and devstore in place of EventStoreDB. */
export interface Backends {
  readonly kafka: KafkaProcess;
  readonly redis: RedisProcess;
  readonly eventStore: DevstoreProcess;
}

/** The whole distributed system, every part a program that a test may kill. Needs the build. */
export class DistributedSystem {
  readonly operatorKey = 'tg_operator_of_a_test_run';

  private constructor(
    readonly backends: Backends,
    readonly services: ServiceProcess[],
    /** Of each gateway, in the order of the services. */
    readonly urls: string[],
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Nothing runs yet. */
  static async create(options: DistributedSystemOptions = {}): Promise<DistributedSystem> {
    const [kafka, redis, eventStore] = await Promise.all([
      KafkaProcess.create(),
      RedisProcess.create(),
      DevstoreProcess.create(),
    ]);
    const backends = { kafka, redis, eventStore };
    const env = { ...addressesOf(backends), ...options.env };
    const urls: string[] = [];
    const services: ServiceProcess[] = [];
    for (const name of ['projection', 'billing', 'messaging', 'gateway'] as const) {
      for (let count = options.counts?.[name] ?? 1; count > 0; count -= 1) {
        const port = await freePort();
        if (name === 'gateway') urls.push(`http://127.0.0.1:${port}`);
        services.push(await ServiceProcess.create(name, { ...env, TOLLGATE_PORT: String(port) }));
      }
    }
    return new DistributedSystem(backends, services, urls, env);
  }

  static async start(options: DistributedSystemOptions = {}): Promise<DistributedSystem> {
    const system = await DistributedSystem.create(options);
    await system.start();
    return system;
  }

  get url(): string {
    return this.urls[0]!;
  }

  /** All services of a name. */
  named(name: ServiceName): ServiceProcess[] {
    return this.services.filter((service) => service.name === name);
  }

  /** Starts one more gateway, with settings of its own, and answers its URL. */
  async addGateway(env: Readonly<Record<string, string>>): Promise<string> {
    const port = await freePort();
    const own = { ...this.env, ...env, TOLLGATE_PORT: String(port) };
    const gateway = await ServiceProcess.create('gateway', own);
    await gateway.start();
    this.services.push(gateway);
    this.urls.push(`http://127.0.0.1:${port}`);
    return this.urls[this.urls.length - 1]!;
  }

  async start(): Promise<void> {
    await Promise.all(Object.values(this.backends).map((each) => each.start()));
    await Promise.all(this.services.map((service) => service.start()));
  }

  /** In order: whoever sends, before whoever answers. */
  async stop(): Promise<void> {
    for (const service of [...this.services].reverse()) await service.stop();
    for (const each of Object.values(this.backends)) await each.stop();
  }

  /** Kills what runs, and deletes what it kept. */
  async remove(): Promise<void> {
    const all = [...this.services, ...Object.values(this.backends)];
    await Promise.all(all.map((each) => each.remove()));
  }
}

function addressesOf({ kafka, redis, eventStore }: Backends): Record<string, string> {
  return {
    TOLLGATE_HOST: '127.0.0.1',
    TOLLGATE_KAFKA_BROKERS: kafka.brokers.join(','),
    TOLLGATE_KAFKA_PARTITIONS: PARTITIONS,
    TOLLGATE_KAFKA_SESSION_TIMEOUT_MS: SESSION_TIMEOUT_MS,
    TOLLGATE_EVENTSTOREDB: eventStore.connectionString,
    TOLLGATE_REDIS: redis.url,
    TOLLGATE_OPERATOR_KEY: 'tg_operator_of_a_test_run',
    TOLLGATE_KEY_SECRET: 'the key secret of a test run',
    TOLLGATE_RATE_LIMIT_PER_MINUTE: '0',
  };
}
