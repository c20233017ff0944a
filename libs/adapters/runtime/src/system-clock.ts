import type { Clock } from '@tollgate/ports';

/** The machine's clock; it may step back when the machine's time is corrected. */
export const systemClock: Clock = { now: () => Date.now() };
