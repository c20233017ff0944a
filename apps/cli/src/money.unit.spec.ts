import { formatCents, formatMicros, parseDollars } from './money';

describe('parseDollars', () => {
  it.each([
    ['50', 5_000],
    ['50.5', 5_050],
    ['50.00', 5_000],
    ['0.01', 1],
    ['0.29', 29],
    ['9999999999.99', 999_999_999_999],
  ])('reads %s as %d cents', (text, cents) => {
    expect(parseDollars(text)).toBe(cents);
  });

  it.each(['', '$50', '1,000.50', '50.001', '-5', '+5', '5.', '.5', '1e3', ' 5', '٥', 'fifty'])(
    'does not guess what "%s" means',
    (text) => {
      expect(() => parseDollars(text)).toThrow('at most two decimals');
    },
  );
});

describe('formatMicros', () => {
  it.each([
    [0, '$0.00'],
    [10_000, '$0.01'],
    [1, '$0.000001'],
    [4_000, '$0.004'],
    [1_234_500_000, '$1,234.50'],
    [-500_000, '-$0.50'],
    [Number.MAX_SAFE_INTEGER, '$9,007,199,254.740991'],
  ])('shows %d as %s', (micros, text) => {
    expect(formatMicros(micros)).toBe(text);
  });

  it('shows cents with their decimals', () => {
    expect([formatCents(5_000), formatCents(0.4), formatCents(-1)]).toEqual([
      '$50.00',
      '$0.004',
      '-$0.01',
    ]);
  });
});
