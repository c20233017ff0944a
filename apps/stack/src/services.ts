import { nodeProgram } from './node-program';
import { Part } from './part';
import type { Place } from './place';

/**
 * Whoever answers, before whoever asks; they stop the other way round. So one service alone makes
 * the topics of a new system.
 */
const LEVELS = [
  ['projection', 'billing'],
  ['messaging', 'gateway'],
] as const;
type ServiceName = (typeof LEVELS)[number][number];

/** The services of the distributed system, one of each, in the levels in which they start. */
export function servicesOf(place: Place, operatorKey: string, keySecret: string): Part[][] {
  const shared = {
    ...settingsOf(place),
    TOLLGATE_OPERATOR_KEY: operatorKey,
    TOLLGATE_KEY_SECRET: keySecret,
  };
  return LEVELS.map((names) => names.map((name) => service(name, place, shared)));
}

function service(
  name: ServiceName,
  { folder, ports, onWarning }: Place,
  shared: Readonly<Record<string, string>>,
): Part {
  const healthPort = ports[`${name}Health`];
  const env = { ...shared, TOLLGATE_INSTANCE: name, TOLLGATE_HEALTH_PORT: String(healthPort) };
  return new Part({
    name,
    folder,
    command: () => Promise.resolve(nodeProgram('distributed', [name], env)),
    answers: () => isReady(healthPort),
    onWarning: onWarning(name),
  });
}

function settingsOf({ ports, addresses }: Place): Record<string, string> {
  return {
    TOLLGATE_LOG_LEVEL: process.env['TOLLGATE_LOG_LEVEL'] ?? 'warn',
    TOLLGATE_HOST: '127.0.0.1',
    TOLLGATE_PORT: String(ports.gateway),
    TOLLGATE_KAFKA_BROKERS: addresses.kafka,
    TOLLGATE_EVENTSTOREDB: addresses.eventStore,
    TOLLGATE_REDIS: addresses.redis,
    // Whatever these are in the shell is meant for another Kafka.
    ...{
      TOLLGATE_KAFKA_SSL: '',
      TOLLGATE_KAFKA_SASL_MECHANISM: '',
      TOLLGATE_KAFKA_REPLICATION: '',
    },
  };
}

async function isReady(healthPort: number): Promise<boolean> {
  const url = `http://127.0.0.1:${healthPort}/health/ready`;
  const answer = await fetch(url).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.ok === true;
}
