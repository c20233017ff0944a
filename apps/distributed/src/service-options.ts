import type { Metrics } from '@tollgate/platform';
import type { Log } from '@tollgate/ports';
import type { Config } from './config';

export interface ServiceOptions {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
}
