import { join, relative } from 'node:path';
import type { KeptSecret } from '@tollgate/platform';
import type { Addresses } from './addresses';
import type { PortName } from './config';

export interface BannerOptions {
  readonly folder: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly addresses: Addresses;
  readonly notes: readonly string[];
  readonly operatorKey: KeptSecret;
}

/** What a service that runs elsewhere is told to use this stack. */
export function backendsBanner(options: Omit<BannerOptions, 'operatorKey'>): string {
  const { kafka, redis, eventStore } = options.addresses;
  return [
    'Kafka, Redis and devstore are ready',
    `  data folder    ${shown(options.folder)}`,
    ...options.notes.map((note) => `  ${note}`),
    '',
    `  TOLLGATE_KAFKA_BROKERS=${kafka}`,
    `  TOLLGATE_REDIS=${redis}`,
    `  TOLLGATE_EVENTSTOREDB=${eventStore}`,
    '',
  ].join('\n');
}

/** What a first look at the terminal should answer: what runs where, and what to try next. */
export function banner(options: BannerOptions): string {
  const folder = shown(options.folder);
  return [
    `Tollgate is ready on ${options.addresses.gateway}`,
    `  data folder    ${folder}`,
    ...keyLines(options.operatorKey, folder),
    ...partLines(options),
    ...options.notes.map((note) => `  ${note}`),
    ...nextLines(options, folder),
    '',
  ].join('\n');
}

/** As one would type it: from here when it lies below, else in full. */
function shown(folder: string): string {
  const fromHere = relative(process.cwd(), folder);
  return fromHere === '' || fromHere.startsWith('..') ? folder : fromHere;
}

function keyLines({ isNew, value }: KeptSecret, folder: string): string[] {
  if (!isNew) return [];
  const kept = join(folder, 'operator-key');
  return [`  operator key   ${value}`, `                 (shown this once; kept in ${kept})`];
}

function partLines({ ports, addresses }: BannerOptions): string[] {
  const health = (port: number): string => `health and metrics on port ${port}`;
  return [
    '',
    `  gateway        ${addresses.gateway}, ${health(ports.gatewayHealth)}`,
    `  billing        ${health(ports.billingHealth)}`,
    `  messaging      ${health(ports.messagingHealth)}`,
    `  projection     ${health(ports.projectionHealth)}`,
    `  Kafka          ${addresses.kafka}`,
    `  Redis          ${addresses.redis}`,
    `  devstore       ${addresses.eventStore} (in place of EventStoreDB)`,
  ];
}

function nextLines({ addresses }: BannerOptions, folder: string): string[] {
  const { gateway, eventStore, redis } = addresses;
  const at = gateway.endsWith(':8080') ? '' : ` --url ${gateway}`;
  return [
    '',
    'Try next, in another terminal:',
    `  npx tollgate${at} --data ${folder} teams create "Acme" --opening-balance 50.00`,
    `  export TOLLGATE_EVENTSTOREDB='${eventStore}' TOLLGATE_REDIS=${redis}`,
    `  TOLLGATE_URL=${gateway} TOLLGATE_OPERATOR_KEY=$(cat ${folder}/operator-key) npm run demo`,
    '  npx tollgate audit verify',
    `  open ${gateway}/docs`,
    '',
  ];
}
