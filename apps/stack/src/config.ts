import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Environment } from '@tollgate/platform';
import type { WantedPort } from './ports';

/** Everything that listens, in the order in which it is shown. */
export const PORTS = [
  'gateway',
  'kafka',
  'controller',
  'redis',
  'eventStore',
  'gatewayHealth',
  'billingHealth',
  'messagingHealth',
  'projectionHealth',
] as const;
export type PortName = (typeof PORTS)[number];

export interface StackConfig {
  /** Absolute. @default .stack */
  readonly folder: string;
  readonly ports: Readonly<Record<PortName, WantedPort>>;
  /** Made on first start and kept in the folder when absent. */
  readonly operatorKey: string | undefined;
  readonly keySecret: string | undefined;
  /** `--backends`: the services run elsewhere. */
  readonly isBackendsOnly: boolean;
}

const SECRET_MIN = 16;
const PORT_MAX = 65_535;
const HEALTH_PORT = 9_464;

/** @throws ConfigInvalid naming every setting that breaks a rule. @throws Error other arguments. */
export function loadConfig(env: NodeJS.ProcessEnv, args: readonly string[] = []): StackConfig {
  const options = { backends: { type: 'boolean', default: false } } as const;
  const { backends: isBackendsOnly } = parseArgs({ args: [...args], options }).values;
  const from = new Environment(env);
  const config: StackConfig = {
    folder: resolve(from.text('TOLLGATE_STACK_DIR', '.stack')),
    ports: {
      // Everybody else is told where it is; the gateway's address is what people know by heart.
      gateway: { ...port(from, 'TOLLGATE_PORT', isBackendsOnly ? 0 : 8_080), isFixed: true },
      kafka: port(from, 'TOLLGATE_STACK_KAFKA_PORT', 9_092),
      controller: port(from, 'TOLLGATE_STACK_CONTROLLER_PORT', 9_093),
      redis: port(from, 'TOLLGATE_STACK_REDIS_PORT', 6_379),
      eventStore: port(from, 'TOLLGATE_STACK_EVENTSTOREDB_PORT', 2_113),
      ...healthPorts(port(from, 'TOLLGATE_STACK_HEALTH_PORT', isBackendsOnly ? 0 : HEALTH_PORT)),
    },
    operatorKey: secret(from, 'TOLLGATE_OPERATOR_KEY'),
    keySecret: secret(from, 'TOLLGATE_KEY_SECRET'),
    isBackendsOnly,
  };
  from.check();
  return Object.freeze(config);
}

function port(from: Environment, variable: string, fallback: number): WantedPort {
  const number = from.integer(variable, fallback, 0, PORT_MAX);
  return { variable, number, isFixed: from.optional(variable) !== undefined };
}

/** Four in a row; any free ones from 0. */
function healthPorts(first: WantedPort): Record<`${string}Health` & PortName, WantedPort> {
  const nth = (index: number): WantedPort => ({
    ...first,
    number: first.number === 0 ? 0 : first.number + index,
  });
  return {
    gatewayHealth: nth(0),
    billingHealth: nth(1),
    messagingHealth: nth(2),
    projectionHealth: nth(3),
  };
}

function secret(from: Environment, name: string): string | undefined {
  const value = from.optional(name);
  if (value !== undefined && value.length < SECRET_MIN) {
    from.fault(name, `must have at least ${SECRET_MIN} characters`);
  }
  return value;
}
