import { nextMonth } from './next-month';

const at = (text: string): number => Date.parse(text);

describe('one month later', () => {
  it.each([
    ['2026-01-15T10:30:00.500Z', '2026-02-15T10:30:00.500Z'],
    ['2026-12-31T23:59:59.999Z', '2027-01-31T23:59:59.999Z'],
    ['2026-01-31T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
    ['2028-01-31T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ['2026-05-31T12:00:00.000Z', '2026-06-30T12:00:00.000Z'],
    ['2026-02-28T12:00:00.000Z', '2026-03-28T12:00:00.000Z'],
  ])('than %s is %s', (from, to) => {
    expect(new Date(nextMonth(at(from))).toISOString()).toBe(to);
  });
});
