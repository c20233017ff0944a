/**
 * The same time of day one calendar month later, in UTC; the last day of the month when that month
 * has no such day.
 * @param at Unix ms.
 */
export function nextMonth(at: number): number {
  const from = new Date(at);
  const day = from.getUTCDate();
  const next = new Date(at);
  next.setUTCDate(1);
  next.setUTCMonth(from.getUTCMonth() + 1);
  const lastDay = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0));
  next.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return next.getTime();
}
