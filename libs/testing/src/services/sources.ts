import { spawnSync } from 'node:child_process';
import type { ServiceKind } from './service-kinds';

const DOCKER_MS_MAX = 5000;

/** Where a real service comes from, in the order in which they are tried. */
export type Source =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'container' }
  | { readonly kind: 'native' };

/** @throws Error that says why there is none. Blocks: Jest wants to know its tests at once. */
export function sourceOf(service: ServiceKind): Source {
  const address = process.env[service.variable];
  if (address) return { kind: 'address', address };
  if (hasImage(service.image)) return { kind: 'container' };
  return nativeSourceOf(service);
}

/** @throws Error that says why it can't be had as a program on this machine. */
export function nativeSourceOf(service: ServiceKind): Source {
  service.ensureNative();
  return { kind: 'native' };
}

/** Whether an engine answers that has the image. Images are never pulled for a test. */
function hasImage(image: string): boolean {
  const options = { stdio: 'ignore', timeout: DOCKER_MS_MAX } as const;
  return spawnSync('docker', ['image', 'inspect', image], options).status === 0;
}
