import { Metrics, fail, pinoLog, runService, type Service } from '@tollgate/platform';
import { loadConfig, type ServiceName } from './config';
import { masked } from './masked';
import type { ServiceOptions } from './service-options';
import { BillingService } from './services/billing.service';
import { GatewayService } from './services/gateway.service';
import { MessagingService } from './services/messaging.service';
import { ProjectionService } from './services/projection.service';

const services: Readonly<Record<ServiceName, new (options: ServiceOptions) => Service>> = {
  gateway: GatewayService,
  billing: BillingService,
  messaging: MessagingService,
  projection: ProjectionService,
};

async function main(): Promise<void> {
  const config = loadConfig(process.argv[2], process.env);
  const log = pinoLog(config.logLevel);
  log.info('settings', { config: masked(config) });
  const { service: name, healthPort, host } = config;
  const metrics = new Metrics(name);
  await runService({
    name,
    create: () => new services[name]({ config, log, metrics }),
    log,
    metrics,
    healthPort,
    healthHost: host,
  });
}

main().catch(fail);
