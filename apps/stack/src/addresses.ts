import type { PortName } from './config';

/** Where everything is, in the form in which it is told to those who need it. */
export interface Addresses {
  readonly gateway: string;
  readonly kafka: string;
  readonly redis: string;
  readonly eventStore: string;
}

export function addressesOf(ports: Readonly<Record<PortName, number>>): Addresses {
  return {
    gateway: `http://127.0.0.1:${ports.gateway}`,
    kafka: `127.0.0.1:${ports.kafka}`,
    redis: `redis://127.0.0.1:${ports.redis}`,
    eventStore: `esdb://127.0.0.1:${ports.eventStore}?tls=false`,
  };
}
