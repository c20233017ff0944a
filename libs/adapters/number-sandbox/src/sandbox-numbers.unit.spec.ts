import { isValidPhoneNumber } from 'libphonenumber-js';
import type { AvailableNumber, NumberSearch } from '@tollgate/ports';
import { SandboxNumbers } from '.';

const inventory = new SandboxNumbers();

async function found(search: Partial<NumberSearch>): Promise<AvailableNumber[]> {
  const numbers: AvailableNumber[] = [];
  const wanted: NumberSearch = { countryCode: 'US', type: 'local', limit: 50, ...search };
  for await (const number of inventory.search(wanted)) numbers.push(number);
  return numbers;
}

describe('sandbox numbers', () => {
  it.each([
    ['US', 'local'],
    ['US', 'tollFree'],
    ['DE', 'mobile'],
    ['CL', 'mobile'],
  ] as const)('offer different numbers of %s, %s', async (countryCode, type) => {
    const numbers = await found({ countryCode, type });
    const distinct = new Set(numbers.map(({ phoneNumber }) => phoneNumber));

    expect(distinct.size).toBe(50);
    for (const phoneNumber of distinct) expect(phoneNumber).toMatch(/^\+[1-9]\d{6,14}$/);
  });

  it('are what the plan calls possible', async () => {
    const numbers = await found({ countryCode: 'DE', type: 'mobile', limit: 5 });

    expect(numbers.every(({ phoneNumber }) => isValidPhoneNumber(phoneNumber))).toBe(true);
  });

  it('are told apart by digits and by what they can do', async () => {
    const containing = await found({ contains: '41555501', limit: 500 });
    expect(containing).toHaveLength(100);
    expect(await found({ type: 'tollFree', capabilities: ['mms'] })).toEqual([]);
    expect(await found({ capabilities: ['sms', 'mms'], limit: 3 })).toHaveLength(3);
  });

  it('are none where there is no such country or type', async () => {
    expect(await found({ countryCode: 'XX' })).toEqual([]);
    expect(await found({ countryCode: 'DE', type: 'tollFree' })).toEqual([]);
  });

  it('are found again, with their prices in micros', async () => {
    const [first] = await found({ countryCode: 'CL', type: 'mobile', limit: 1 });

    expect(await inventory.find(first!.phoneNumber)).toEqual(first);
    expect(first).toMatchObject({ monthlyPrice: 3_000_000, upfrontPrice: 3_000_000 });
    expect(await inventory.find('+14155550199')).toMatchObject({ upfrontPrice: 1_250_000 });
  });

  it.each(['+14155550200', '+1', '', 'nonsense', '+56900000000'])(
    'do not include %s',
    async (phoneNumber) => {
      expect(await inventory.find(phoneNumber)).toBeUndefined();
    },
  );
});
