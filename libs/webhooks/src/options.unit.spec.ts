import { compileOptions } from './options';

describe('options', () => {
  it('have defaults', () => {
    expect(compileOptions({})).toMatchObject({ callsMax: 200, hostCallsMax: 10, lookMs: 1_000 });
    expect(compileOptions({ callsMax: 3 }).callsMax).toBe(3);
  });

  it.each([
    { eventsMax: 0 },
    { callsMax: 1.5 },
    { hostCallsMax: -1 },
    { accountCallsMax: Number.NaN },
    { waitingMax: -1 },
    { waitMs: Number.NaN },
    { stopMs: -5 },
  ])('are refused when they are out of range: %j', (given) => {
    expect(() => compileOptions(given)).toThrow(RangeError);
  });
});
