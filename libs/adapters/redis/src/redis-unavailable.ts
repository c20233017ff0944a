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

/** The answer, or the fault that the read-model ports promise for {@link RedisUnavailable}. */
export function orFault<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((fault: unknown) => {
    if (!(fault instanceof RedisUnavailable)) throw fault;
    throw new ReadModelsUnavailable(fault.message, { cause: fault.cause });
  });
}
