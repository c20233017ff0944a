import { ReadModelsUnavailable } from '@tollgate/ports';
import type { AccountCaller } from './caller';
import { unauthorized } from './caller';
import { KnownKeys } from './known-keys';

const caller = { kind: 'account', keyId: 'key_1' } as AccountCaller;
const away = (): Promise<never> => Promise.reject(new ReadModelsUnavailable('away'));

describe('keys that were looked up a moment ago', () => {
  let keys: KnownKeys;
  let now: number;

  beforeEach(async () => {
    now = 1_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    keys = new KnownKeys();
    await keys.lookUp('hash', async () => caller);
  });

  afterEach(() => jest.restoreAllMocks());

  it('are known for a second', () => {
    now += 999;
    expect(keys.find('hash')).toBe(caller);
    now += 1;
    expect(keys.find('hash')).toBeUndefined();
  });

  it('still count while the read models are away: the writer checks them itself', async () => {
    now += 60_000;
    expect(await keys.lookUp('hash', away)).toBe(caller);
    await expect(keys.lookUp('another', away)).rejects.toBeInstanceOf(ReadModelsUnavailable);
  });

  it('count no more once they were looked up in vain', async () => {
    now += 60_000;
    await expect(keys.lookUp('hash', () => Promise.reject(unauthorized()))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await expect(keys.lookUp('hash', away)).rejects.toBeInstanceOf(ReadModelsUnavailable);
  });

  it('are forgotten when access changes, also those being looked up then', async () => {
    let found: (caller: AccountCaller) => void = () => undefined;
    const looking = keys.lookUp('late', () => new Promise((resolve) => (found = resolve)));
    keys.forgetAll();
    found(caller);
    await looking;
    expect(keys.find('hash')).toBeUndefined();
    expect(keys.find('late')).toBeUndefined();
  });
});
