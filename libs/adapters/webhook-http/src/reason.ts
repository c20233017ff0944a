/**
 * Why a call failed, in a word that may be logged: the code that Node or undici gives, such as
 * `ECONNREFUSED`. Messages are left out, for they may hold what a receiver said.
 */
export function reasonOf(failure: unknown): string {
  const { code, cause, errors, name } = (failure ?? {}) as Failure;
  if (typeof code === 'string') return code;
  if (cause !== undefined) return reasonOf(cause);
  if (Array.isArray(errors) && errors.length > 0) return reasonOf(errors[0]);
  return typeof name === 'string' ? name : 'unknown failure';
}

interface Failure {
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly name?: unknown;
}
