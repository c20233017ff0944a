import { parseTime } from './time';

describe('parseTime', () => {
  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T18:30', '2026-01-31T18:30:00.000Z'],
    ['2026-01-31T18:30:05.5Z', '2026-01-31T18:30:05.500Z'],
    ['2026-01-31T18:30:00+02:00', '2026-01-31T16:30:00.000Z'],
  ])('reads %s as %s', (text, time) => {
    expect(new Date(parseTime(text)).toISOString()).toBe(time);
  });

  it.each(['', 'yesterday', '31.01.2026', '2026-13-01', '1767225600000', '2026-01-31 18:30'])(
    'does not guess what "%s" means',
    (text) => {
      expect(() => parseTime(text)).toThrow('Give a time such as');
    },
  );
});
