import type { Carrier } from '@tollgate/ports';

export interface Carriers {
  /** Sends for real. */
  readonly live: Carrier;
  /** Takes the messages of test keys, which cost nothing and must reach nobody. */
  readonly test: Carrier;
}

/** A carrier that gives each message to the one of its environment. */
export function carrierByEnvironment(carriers: Carriers): Carrier {
  return { deliver: (message) => carriers[message.environment].deliver(message) };
}
