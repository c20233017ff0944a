import { CommandFailure } from '../failure';

/** Says why a request got no answer, and what to do about it. */
export function failureOfConnection(fault: unknown, url: string): CommandFailure {
  const { name, cause } = fault as Error;
  if (name === 'TimeoutError') {
    return new CommandFailure(`${url} did not answer in time`, [
      'whether it was done is not known: repeat with the same idempotency key',
    ]);
  }
  const { code, message } = (cause ?? fault) as Error & { code?: string };
  if (code === 'ECONNREFUSED') {
    return new CommandFailure(`nothing answers at ${url}`, [
      'start the server with: npm start',
      'or say where it is with --url or TOLLGATE_URL',
    ]);
  }
  return new CommandFailure(`no connection to ${url}: ${code ?? message}`, [
    'say where the server is with --url or TOLLGATE_URL',
  ]);
}
