import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@tollgate/ports';
import { fail } from './fail';
import { HealthServer } from './health-server';
import type { Metrics } from './metrics';
import { stopOnSignal } from './stop-on-signal';

/** A service of the distributed system. One that could not start is thrown away. */
export interface Service {
  /** Resolves when it does its work. @throws Error what it stands on is away: to be tried again. */
  start(): Promise<void>;
  /** Ends in order whatever was started. */
  stop(): Promise<void>;
  /** Why it can't do its work now; undefined when it can. */
  readonly problem: string | undefined;
}

export interface RunServiceOptions {
  readonly name: string;
  readonly create: () => Service;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly healthPort: number;
  readonly healthHost: string;
}

const RETRY_MS = 1_000;

/**
 * Runs a service until a signal ends it. Its health can be asked for from the first moment on; it
 * is started again and again until what it stands on is there.
 */
export async function runService(options: RunServiceOptions): Promise<void> {
  const { name, metrics, log } = options;
  const now: { service?: Service; isStopping: boolean } = { isStopping: false };
  const health = new HealthServer({
    port: options.healthPort,
    host: options.healthHost,
    metrics,
    notReady: () => {
      if (now.isStopping) return 'stopping';
      return now.service === undefined ? 'starting' : now.service.problem;
    },
  });
  await health.start();
  stopOnSignal(async () => {
    now.isStopping = true;
    await now.service?.stop();
    await health.stop();
    log.info('stopped', { service: name });
  }, fail);
  now.service = await started(options, () => now.isStopping);
  log.info('ready', { service: name });
  process.stdout.write(`tollgate ${name} is ready\n`);
}

async function started(
  { create, log, name }: RunServiceOptions,
  isStopping: () => boolean,
): Promise<Service> {
  for (;;) {
    const service = create();
    try {
      await service.start();
      return service;
    } catch (fault) {
      log.warn('not started yet', { service: name, fault });
      await service.stop().catch(() => undefined);
    }
    if (isStopping()) process.exit(0);
    await delay(RETRY_MS);
  }
}
