/** lmdb's error for each write of a failed transaction; the cause comes in a promise of its own. */
interface CommitError extends Error {
  readonly commitError?: Promise<never>;
}

const CAUSE_WAIT_MS = 1_000;

/** What made a transaction fail. Waits for it, as an unheard cause would end the process. */
export async function causeOf(error: unknown): Promise<Error> {
  const failure = error as CommitError;
  if (failure.commitError === undefined) return failure;
  const cause = failure.commitError.catch((reason: Error) => reason);
  const unknown = new Promise<Error>((resolve) => {
    setTimeout(resolve, CAUSE_WAIT_MS, failure).unref();
  });
  return Promise.race([cause, unknown]);
}

/** @throws Error with the cause, when a transaction failed. Nothing of it was written. */
export async function committed(transaction: Promise<unknown>): Promise<void> {
  try {
    await transaction;
  } catch (error) {
    const cause = await causeOf(error);
    throw new Error(`nothing could be written: ${cause.message}`, { cause });
  }
}
