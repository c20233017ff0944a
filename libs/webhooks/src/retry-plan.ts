const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Waits after the first attempt, the second one, and so on; after the last one it is given up. */
export const RETRY_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
];

/** Nothing that happened longer ago is told any more: what a lost checkpoint brings back is old. */
export const AGE_MS_MAX = RETRY_MS.reduce((sum, wait) => sum + wait, HOUR_MS);

const POSTPONED_MS = MINUTE_MS;
/** Waits are up to this part longer, so that what failed together does not come back together. */
const SPREAD = 0.1;

export interface Moment {
  /** Unix ms. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly chance: number;
}

/** When to try again after so many attempts, Unix ms; undefined after the last one. */
export function retryAt(attempts: number, moment: Moment): number | undefined {
  const wait = RETRY_MS[attempts - 1];
  return wait === undefined ? undefined : after(wait, moment);
}

/** When to try what was not tried, Unix ms. */
export function postponedTo(moment: Moment): number {
  return after(POSTPONED_MS, moment);
}

/** @param at when it happened, Unix ms. */
export function isTooOld(at: number, now: number): boolean {
  return now - at > AGE_MS_MAX;
}

function after(wait: number, { now, chance }: Moment): number {
  return now + Math.round(wait * (1 + SPREAD * chance));
}
