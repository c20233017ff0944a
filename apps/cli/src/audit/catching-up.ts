import { setTimeout as delay } from 'node:timers/promises';

/** Whatever the log held when the audit began must be shown no later than this. */
const LAG_MS_MAX = 5_000;
const LOOK_MS = 100;

/** Services show what they read a moment later: resolves to true until that time is over. */
export function catchingUp(): () => Promise<boolean> {
  const deadline = performance.now() + LAG_MS_MAX;
  return async () => {
    if (performance.now() >= deadline) return false;
    await delay(LOOK_MS);
    return true;
  };
}
