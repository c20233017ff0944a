import type { Log } from '@tollgate/ports';

/** What goes wrong is told once, when the command ends. */
export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
