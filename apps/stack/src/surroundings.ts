import type { Addresses } from './addresses';
import type { PortName } from './config';

/** What the parts of a stack are told about it. */
export interface Surroundings {
  readonly folder: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly addresses: Addresses;
  readonly operatorKey: string;
  readonly keySecret: string;
  /** Who takes the warnings of the part with this name. */
  readonly onWarning: (part: string) => (line: string) => void;
}
