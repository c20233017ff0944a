import { Metrics, fail, pinoLog, runService, type Service } from '@tollgate/platform';
import { loadConfig, type ServiceName } from './config';
import { masked } from './masked';
import type { ServiceOptions } from './service-options';

type ServiceClass = new (options: ServiceOptions) => Service;

/** Each is loaded only where it runs: a process that was killed is back the sooner. */
const services: Readonly<Record<ServiceName, () => Promise<ServiceClass>>> = {
  gateway: async () => (await import('./services/gateway.service.js')).GatewayService,
  billing: async () => (await import('./services/billing.service.js')).BillingService,
  messaging: async () => (await import('./services/messaging.service.js')).MessagingService,
  projection: async () => (await import('./services/projection.service.js')).ProjectionService,
};

async function main(): Promise<void> {
  const config = loadConfig(process.argv[2], process.env);
  const log = pinoLog(config.logLevel);
  log.info('settings', { config: masked(config) });
  const { service: name, healthPort, host } = config;
  const metrics = new Metrics(name);
  const ServiceOfName = await services[name]();
  await runService({
    name,
    create: () => new ServiceOfName({ config, log, metrics }),
    log,
    metrics,
    healthPort,
    healthHost: host,
  });
}

main().catch(fail);
