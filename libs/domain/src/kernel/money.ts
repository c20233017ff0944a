import { assert } from './assert';

/** The ledger's unit: an integer number of millionths of a US dollar. */
export type Micros = number;

/** 1 cent = 10,000 micros. */
export const MICROS_PER_CENT = 10_000;
export const MICROS_PER_DOLLAR = 1_000_000;

/** The largest amount a team may hold or spend: $9,007,199,254.74. */
export const MICROS_MAX: Micros = Number.MAX_SAFE_INTEGER;

export function isMicros(value: number): boolean {
  return Number.isSafeInteger(value);
}

/** Adds two amounts that the caller has already checked to stay within the safe range. */
export function addMicros(left: Micros, right: Micros): Micros {
  const sum = left + right;
  assert(Number.isSafeInteger(sum), 'an amount is out of range');
  return sum;
}

/**
 * Cents as a caller writes them, at most four decimals, to exact micros.
 * Undefined when the number has more decimals or is out of range.
 */
export function microsFromCents(cents: number): Micros | undefined {
  const micros = Math.round(cents * MICROS_PER_CENT);
  if (!Number.isSafeInteger(micros)) return undefined;
  return micros / MICROS_PER_CENT === cents ? micros : undefined;
}

/** Shown balances round down, so that nobody is shown more money than there is. */
export function centsDown(micros: Micros): number {
  return Math.floor(micros / MICROS_PER_CENT) + 0;
}

/** Shown spending rounds up, for the same reason. */
export function centsUp(micros: Micros): number {
  return Math.ceil(micros / MICROS_PER_CENT) + 0;
}

/** The exact amount in cents, with up to four decimals. */
export function centsExact(micros: Micros): number {
  return micros / MICROS_PER_CENT;
}

export function dollarsExact(micros: Micros): number {
  return micros / MICROS_PER_DOLLAR;
}
