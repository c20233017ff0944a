import type { Addresses } from './addresses';
import type { PortName } from './config';

/** Where a stack is, as its parts are told. */
export interface Place {
  readonly folder: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly addresses: Addresses;
  /** Who takes the warnings of the part with this name. */
  readonly onWarning: (part: string) => (line: string) => void;
}
