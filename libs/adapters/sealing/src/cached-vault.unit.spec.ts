import { setTimeout as delay } from 'node:timers/promises';
import { InMemoryVault } from '@tollgate/adapter-in-memory';
import { VaultUnavailable } from '@tollgate/ports';
import { describeVault } from '@tollgate/testing';
import { CachedVault } from './cached-vault';

/** A vault that takes its time, counts what it is asked, and can be away. */
class DistantVault extends InMemoryVault {
  asked = 0;
  isAway = false;

  override async keyOf(subject: string): Promise<Uint8Array> {
    const key = await super.keyOf(subject);
    await this.answer();
    return key;
  }

  override async find(subject: string): Promise<Uint8Array | undefined> {
    const key = await super.find(subject);
    await this.answer();
    return key;
  }

  private async answer(): Promise<void> {
    this.asked += 1;
    await delay(1);
    if (this.isAway) throw new VaultUnavailable('away');
  }
}

describeVault('cached', async () => ({
  vault: new CachedVault(new InMemoryVault()),
  close: async () => undefined,
}));

describe('a cached vault', () => {
  let distant: DistantVault;

  beforeEach(() => {
    distant = new DistantVault();
  });

  it('given a key, when it is needed again, then the vault is not asked', async () => {
    const vault = new CachedVault(distant);
    const key = await vault.keyOf('con_1');

    expect(await vault.keyOf('con_1')).toEqual(key);
    expect(await vault.find('con_1')).toEqual(key);
    expect(distant.asked).toBe(1);
  });

  it('given one subject, when asked many times at once, then the vault is asked once', async () => {
    const vault = new CachedVault(distant);
    await Promise.all(Array.from({ length: 10 }, () => vault.keyOf('con_1')));

    expect(distant.asked).toBe(1);
  });

  it('given no key, then that is not remembered', async () => {
    const vault = new CachedVault(distant);
    expect(await vault.find('con_1')).toBeUndefined();
    const key = await distant.keyOf('con_1');

    expect(await vault.find('con_1')).toEqual(key);
  });

  it('given a key that others destroyed, then it is forgotten in time', async () => {
    const vault = new CachedVault(distant, { ttlMs: 20 });
    await vault.keyOf('con_1');
    await distant.destroy('con_1', Date.now());

    expect(await vault.find('con_1')).toBeDefined();
    await delay(30);
    expect(await vault.find('con_1')).toBeUndefined();
  });

  it('given that it is to last for ever, then it does, until it is forgotten', async () => {
    const vault = new CachedVault(distant, { ttlMs: Infinity });
    await vault.keyOf('con_1');
    await distant.destroy('con_1', Date.now());
    await delay(10);

    expect(await vault.find('con_1')).toBeDefined();
    vault.forget('con_1');
    expect(await vault.find('con_1')).toBeUndefined();
  });

  it('given a key that is forgotten while it is fetched, then it is not remembered', async () => {
    const vault = new CachedVault(distant, { ttlMs: Infinity });
    const fetching = vault.keyOf('con_1');
    const destroyed = await distant.find('con_1');
    await vault.destroy('con_1', Date.now());
    const next = vault.keyOf('con_1');

    expect(await fetching).toEqual(destroyed);
    expect(await next).not.toEqual(destroyed);
    expect(await vault.find('con_1')).toEqual(await next);
  });

  it('given more subjects than it may remember, then the last ones stay', async () => {
    const vault = new CachedVault(distant, { keysMax: 2 });
    for (const subject of ['con_1', 'con_2', 'con_3']) await vault.keyOf(subject);
    await vault.keyOf('con_3');
    expect(distant.asked).toBe(3);

    await vault.keyOf('con_1');
    expect(distant.asked).toBe(4);
  });

  it('given a vault that is away, then it says so, and asks again the next time', async () => {
    const vault = new CachedVault(distant);
    distant.isAway = true;
    await expect(vault.keyOf('con_1')).rejects.toBeInstanceOf(VaultUnavailable);
    await expect(vault.find('con_1')).rejects.toBeInstanceOf(VaultUnavailable);

    distant.isAway = false;
    expect(await vault.keyOf('con_1')).toHaveLength(32);
  });
});
