import { spawnSync } from 'node:child_process';
import { nativeTool } from './native-tools';

const DOCKER_MS_MAX = 5000;

/** Where a real service comes from, in the order in which they are tried. */
export type Source =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'container' }
  | { readonly kind: 'native' };

/** Ways to have one service. */
export interface ServiceKind {
  readonly name: string;
  /** The environment variable that names a running one. */
  readonly variable: string;
  readonly image: string;
  /** The file in `tools/native` that fetches it. */
  readonly tool: string;
}

export const KAFKA: ServiceKind = {
  name: 'Kafka',
  variable: 'TOLLGATE_TEST_KAFKA',
  image: 'apache/kafka:4.1.0',
  tool: 'kafka.js',
};

export const REDIS: ServiceKind = {
  name: 'Redis',
  variable: 'TOLLGATE_TEST_REDIS',
  image: 'redis:7',
  tool: 'redis.js',
};

/** @throws Error that says why there is none. Blocks: Jest wants to know its tests at once. */
export function sourceOf(service: ServiceKind): Source {
  const address = process.env[service.variable];
  if (address) return { kind: 'address', address };
  if (hasImage(service.image)) return { kind: 'container' };
  return nativeSourceOf(service);
}

/** @throws Error that says why it can't be had as a program on this machine. */
export function nativeSourceOf({ tool }: ServiceKind): Source {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const result = spawnSync(process.execPath, [nativeTool(tool)], { encoding: 'utf8', stdio });
  if (result.status !== 0) throw new Error(result.stderr.trim() || String(result.error));
  return { kind: 'native' };
}

/** Whether an engine answers that has the image. Images are never pulled for a test. */
function hasImage(image: string): boolean {
  const options = { stdio: 'ignore', timeout: DOCKER_MS_MAX } as const;
  return spawnSync('docker', ['image', 'inspect', image], options).status === 0;
}
