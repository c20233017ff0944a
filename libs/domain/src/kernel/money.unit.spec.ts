import fc from 'fast-check';
import {
  MICROS_MAX,
  addMicros,
  centsDown,
  centsExact,
  centsUp,
  dollarsExact,
  isMicros,
  microsFromCents,
} from './money';

const micros = fc.maxSafeInteger();

describe('amounts', () => {
  it('are safe integers', () => {
    for (const amount of [0, -1, MICROS_MAX, -MICROS_MAX]) expect(isMicros(amount)).toBe(true);
    for (const amount of [0.5, NaN, Infinity, MICROS_MAX + 1]) expect(isMicros(amount)).toBe(false);
  });

  it('add up exactly, or stop the fold', () => {
    fc.assert(
      fc.property(micros, micros, (left, right) => {
        const sum = BigInt(left) + BigInt(right);
        const isSafe = sum <= BigInt(MICROS_MAX) && sum >= -BigInt(MICROS_MAX);
        if (isSafe) expect(BigInt(addMicros(left, right))).toBe(sum);
        else expect(() => addMicros(left, right)).toThrow('out of range');
      }),
    );
  });
});

describe('cents from a caller', () => {
  it.each([
    [1, 10_000],
    [0.0001, 1],
    [0.4, 4_000],
    [1.2345, 12_345],
    [-2.5, -25_000],
    [0, 0],
    [29.99, 299_900],
    [1.1, 11_000],
    [4.35, 43_500],
  ])('%p are %p micros', (cents, expected) => expect(microsFromCents(cents)).toBe(expected));

  it.each([0.00001, 1.00001, 0.1 + 0.2, 1e-7, NaN, Infinity, -Infinity, MICROS_MAX])(
    'of %p are no amount',
    (cents) => expect(microsFromCents(cents)).toBeUndefined(),
  );

  it('read back as they were written, up to a hundred million dollars', () => {
    const amounts = fc.integer({ min: -1e14, max: 1e14 });
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(microsFromCents(centsExact(amount))).toBe(amount);
        expect(microsFromCents(Number((amount / 1e4).toFixed(4)))).toBe(amount);
      }),
    );
  });
});

describe('cents for display', () => {
  it('never show more balance or less spending than there is', () => {
    fc.assert(
      fc.property(micros, (amount) => {
        expect(BigInt(centsDown(amount)) * 10_000n <= BigInt(amount)).toBe(true);
        expect(BigInt(centsDown(amount) + 1) * 10_000n > BigInt(amount)).toBe(true);
        expect(BigInt(centsUp(amount)) * 10_000n >= BigInt(amount)).toBe(true);
        expect(BigInt(centsUp(amount) - 1) * 10_000n < BigInt(amount)).toBe(true);
      }),
    );
  });

  it('are never minus zero', () => {
    expect(Object.is(centsDown(-0), 0)).toBe(true);
    expect(Object.is(centsUp(-1), 0)).toBe(true);
  });

  it('give dollars for prices', () => expect(dollarsExact(4_000)).toBe(0.004));
});
