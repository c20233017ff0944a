import { MICROS_PER_CENT, MICROS_PER_DOLLAR } from '@tollgate/domain';
import { InvalidArgumentError } from 'commander';

/** Ten digits of dollars in cents stay well inside the safe integers. */
const DOLLARS = /^(\d{1,10})(?:\.(\d{1,2}))?$/;
const CENTS_DIGITS = 2;
const MICROS_DIGITS = 6;

/**
 * Dollars as typed, to whole cents. Digits only: a sign, a comma or a currency could mean
 * something else to whoever typed it.
 * @throws InvalidArgumentError
 */
export function parseDollars(text: string): number {
  const [, dollars, cents = ''] = DOLLARS.exec(text) ?? [];
  if (dollars === undefined) {
    throw new InvalidArgumentError('Give dollars with at most two decimals, such as 50 or 50.00.');
  }
  return Number(dollars + cents.padEnd(CENTS_DIGITS, '0'));
}

/** Exact, with at least two decimals: `$1,234.50`, `-$0.0025`. */
export function formatMicros(micros: number): string {
  const size = Math.abs(micros);
  const dollars = Math.floor(size / MICROS_PER_DOLLAR).toLocaleString('en-US');
  const decimals = String(size % MICROS_PER_DOLLAR).padStart(MICROS_DIGITS, '0');
  const shown = decimals.slice(0, CENTS_DIGITS) + decimals.slice(CENTS_DIGITS).replace(/0+$/, '');
  return `${micros < 0 ? '-' : ''}$${dollars}.${shown}`;
}

/** Cents as the API writes them, with up to four decimals. */
export const formatCents = (cents: number): string =>
  formatMicros(Math.round(cents * MICROS_PER_CENT));
