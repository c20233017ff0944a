import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { builtFile } from '../processes/built-program';
import { nativeTool } from './native-tools';

/** The ways to have one service. */
export interface ServiceKind {
  readonly name: string;
  /** The environment variable that gives the address of a running one. */
  readonly variable: string;
  readonly image: string;
  /** Fetches the program when it isn't there. @throws Error that says why it can't be had. */
  readonly ensureNative: () => void;
}

export const KAFKA: ServiceKind = {
  name: 'Kafka',
  variable: 'TOLLGATE_TEST_KAFKA',
  image: 'apache/kafka:4.1.0',
  ensureNative: () => runTool('kafka.js'),
};

export const REDIS: ServiceKind = {
  name: 'Redis',
  variable: 'TOLLGATE_TEST_REDIS',
  image: 'redis:7',
  ensureNative: () => runTool('redis.js'),
};

/** As a program on this machine it is devstore, which speaks the same protocol. */
export const EVENT_STORE: ServiceKind = {
  name: 'EventStoreDB',
  variable: 'TOLLGATE_TEST_EVENTSTOREDB',
  image: 'eventstore/eventstore:24.10',
  ensureNative: () => needBuilt('devstore'),
};

/** A program of `tools/native`, run by itself, fetches what it stands for. */
function runTool(file: string): void {
  const result = spawnSync(process.execPath, [nativeTool(file)], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.error?.message ?? result.stderr.trim());
}

function needBuilt(app: string): void {
  if (existsSync(builtFile(app))) return;
  throw new Error(`${app} is not built; npm run build does that`);
}
