import type { Config } from './config';

const MASK = '***';

/** The settings as they may be written to a log: every secret is masked. */
export function masked(config: Config): object {
  const { kafka, gateway, keySecret, messaging } = config;
  return {
    ...config,
    eventStore: maskedUrl(config.eventStore),
    redis: config.redis.map(maskedUrl),
    kafka: { ...kafka, sasl: kafka.sasl === undefined ? undefined : kafka.sasl.mechanism },
    gateway: gateway && { ...gateway, operatorKey: MASK },
    keySecret: keySecret && MASK,
    messaging: messaging && {
      ...messaging,
      carrier: messaging.carrier && { ...messaging.carrier, secret: MASK },
    },
  };
}

/** Whatever stands before the @ of a connection string. */
function maskedUrl(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^@/]*@/i, `$1${MASK}@`);
}
