import { currentVersion, upcast, upcasters, type Upcaster } from './index';

describe('upcasters', () => {
  it('leave an event of the current version as it is', () => {
    const data = { accountId: 'sub_1' };
    expect(upcast('SubAccountSuspended', 1, data)).toBe(data);
    expect(currentVersion('SubAccountSuspended')).toBe(1);
  });

  it('lead from any older version to the current one, step by step', () => {
    const steps: Upcaster[] = [
      (data) => ({ ...(data as object), second: true }),
      (data) => ({ ...(data as object), third: true }),
    ];
    const known = upcasters as Record<string, readonly Upcaster[]>;
    known.Renamed = steps;
    expect(currentVersion('Renamed')).toBe(3);
    expect(upcast('Renamed', 1, {})).toEqual({ second: true, third: true });
    expect(upcast('Renamed', 2, {})).toEqual({ third: true });
    expect(upcast('Renamed', 3, {})).toEqual({});
    delete known.Renamed;
  });
});
