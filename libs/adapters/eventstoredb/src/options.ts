import type { Log } from '@tollgate/ports';

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true`; the only place for credentials. */
  readonly connectionString: string;
  /** Streams that belong to this system; of the whole log nothing else is read. */
  readonly streamPrefixes: readonly string[];
  /** After this many ms without an answer an append's outcome is unknown. @default 5000 */
  readonly appendTimeoutMs?: number;
  /** After this many ms in which a read brought nothing it has failed. @default 10000 */
  readonly readTimeoutMs?: number;
  readonly log: Log;
}

export const APPEND_TIMEOUT_MS = 5_000;
export const READ_TIMEOUT_MS = 10_000;
