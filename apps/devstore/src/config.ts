import { resolve } from 'node:path';
import { Environment, isLogLevel, type LogLevel } from '@tollgate/platform';
import type { Credentials } from './access';

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface DevstoreConfig {
  /** 0 takes any free port. @default 2113 */
  readonly port: number;
  /** @default 127.0.0.1 */
  readonly host: string;
  /** Absolute. @default .devstore */
  readonly dataDir: string;
  /** Plain connections unless given. */
  readonly tls: TlsFiles | undefined;
  /** Everybody may do everything unless given. */
  readonly credentials: Credentials | undefined;
  /** Where tests ask for faults; no faults unless given. */
  readonly faultsPort: number | undefined;
  /** @default warn */
  readonly logLevel: LogLevel;
}

const PORT_MAX = 65_535;

/** @throws ConfigInvalid naming every setting that breaks a rule. */
export function loadConfig(env: NodeJS.ProcessEnv): DevstoreConfig {
  const from = new Environment(env);
  const logLevel = from.text('TOLLGATE_LOG_LEVEL', 'warn');
  if (!isLogLevel(logLevel)) {
    from.fault('TOLLGATE_LOG_LEVEL', `must be fatal, error, warn, info, debug or silent`);
  }
  const config: DevstoreConfig = {
    port: from.integer('DEVSTORE_PORT', 2_113, 0, PORT_MAX),
    host: from.text('DEVSTORE_HOST', '127.0.0.1'),
    dataDir: resolve(from.text('DEVSTORE_DATA_DIR', '.devstore')),
    tls: tlsIn(from),
    credentials: credentialsIn(from),
    faultsPort: from.integer('DEVSTORE_FAULTS_PORT', 0, 1, PORT_MAX) || undefined,
    logLevel: logLevel as LogLevel,
  };
  from.check();
  return Object.freeze(config);
}

function tlsIn(from: Environment): TlsFiles | undefined {
  const pair = pairIn(from, 'DEVSTORE_TLS_CERT', 'DEVSTORE_TLS_KEY');
  return pair === undefined ? undefined : { certFile: resolve(pair[0]), keyFile: resolve(pair[1]) };
}

function credentialsIn(from: Environment): Credentials | undefined {
  const pair = pairIn(from, 'DEVSTORE_USER', 'DEVSTORE_PASSWORD');
  return pair === undefined ? undefined : { user: pair[0], password: pair[1] };
}

function pairIn(from: Environment, one: string, other: string): [string, string] | undefined {
  const [first, second] = [from.optional(one), from.optional(other)];
  if (first !== undefined && second !== undefined) return [first, second];
  if (first !== undefined) from.fault(other, `must be set, since ${one} is`);
  if (second !== undefined) from.fault(one, `must be set, since ${other} is`);
  return undefined;
}
