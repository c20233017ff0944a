import { InvalidArgumentError } from 'commander';

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const ZONE = /(Z|[+-]\d\d:\d\d)$/;

/**
 * A point in time in ISO 8601, to Unix ms. Without a zone it is UTC, as in everything that
 * Tollgate prints, rather than whatever zone this machine is in.
 * @throws InvalidArgumentError
 */
export function parseTime(text: string): number {
  const hasZone = !text.includes('T') || ZONE.test(text);
  const ms = TIME.test(text) ? Date.parse(hasZone ? text : `${text}Z`) : NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new InvalidArgumentError('Give a time such as 2026-01-31 or 2026-01-31T18:30:00Z.');
}
