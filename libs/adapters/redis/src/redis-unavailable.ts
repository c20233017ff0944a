import { ReadModelsUnavailable } from '@tollgate/ports';

/** Redis did not answer, or answered with a fault of its own; `cause` says which. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';

  constructor(cause: unknown) {
    super(`redis can't be used: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** What the read-model ports promise to throw in place of {@link RedisUnavailable}. */
export function asReadModelsFault(fault: unknown): unknown {
  if (!(fault instanceof RedisUnavailable)) return fault;
  return new ReadModelsUnavailable(fault.message, { cause: fault.cause });
}
