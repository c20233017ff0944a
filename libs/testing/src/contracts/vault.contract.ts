import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Vault } from '@tollgate/ports';

export interface VaultUnderTest {
  readonly vault: Vault;
  /** The same vault as another process has it; for vaults that several processes may open. */
  readonly other?: Vault;
  /** Closes it and opens it once more; for vaults that outlive their process. */
  readonly reopen?: () => Promise<Vault>;
  readonly close: () => Promise<void>;
}

const KEY_BYTES = 32;
const MANY = 200;

/** The promises of the Vault port, tested on whatever `create` gives. */
export function describeVault(name: string, create: () => Promise<VaultUnderTest>): void {
  describe(`vault: ${name}`, () => {
    let underTest: VaultUnderTest;
    let vault: Vault;
    let subject: string;

    beforeEach(async () => {
      underTest = await create();
      vault = underTest.vault;
      subject = `con_${randomUUID()}`;
    });

    afterEach(() => underTest.close());

    it('given a subject without a key, when looked for, then there is none', async () => {
      expect(await vault.find(subject)).toBeUndefined();
    });

    it('given a subject, when asked for its key, then it is made once', async () => {
      const key = hex(await vault.keyOf(subject));

      expect(key).toHaveLength(2 * KEY_BYTES);
      expect(hex(await vault.keyOf(subject))).toBe(key);
      expect(hex(await vault.find(subject))).toBe(key);
    });

    it('given one subject, when asked many times at once, then all get the same key', async () => {
      const asking = Array.from({ length: 20 }, () => vault.keyOf(subject));
      const keys = (await Promise.all(asking)).map(hex);

      expect(new Set([...keys, hex(await vault.find(subject))]).size).toBe(1);
    });

    it('given many subjects at once, then each gets a key of its own, and keeps it', async () => {
      const subjects = Array.from({ length: MANY }, (_, index) => `${subject}${index}`);
      const keys = await Promise.all(subjects.map(async (each) => hex(await vault.keyOf(each))));
      const found = await Promise.all(subjects.map(async (each) => hex(await vault.find(each))));

      expect(new Set(keys).size).toBe(MANY);
      expect(found).toEqual(keys);
    });

    it('given a key that its holder changes, then the vault does not', async () => {
      const key = await vault.keyOf(subject);
      const before = hex(key);
      key.fill(0);

      expect(hex(await vault.keyOf(subject))).toBe(before);
      (await vault.find(subject))!.fill(0);
      expect(hex(await vault.find(subject))).toBe(before);
    });

    it('given a destroyed key, then it is gone, and its subject gets another one', async () => {
      const [destroyed, kept] = [await vault.keyOf(subject), await vault.keyOf(`${subject}0`)];
      await vault.destroy(subject, Date.now());

      expect(await vault.find(subject)).toBeUndefined();
      const next = await vault.keyOf(subject);
      expect(hex(next)).not.toBe(hex(destroyed));
      expect(hex(await vault.find(subject))).toBe(hex(next));
      expect(hex(await vault.find(`${subject}0`))).toBe(hex(kept));
    });

    it('given a key that was made later, when destroyed once more, then it stays', async () => {
      await vault.keyOf(subject);
      const deletedAt = Date.now();
      await vault.destroy(subject, deletedAt);
      await delay(2);
      const next = hex(await vault.keyOf(subject));
      await vault.destroy(subject, deletedAt);

      expect(hex(await vault.find(subject))).toBe(next);
      await vault.destroy(subject, Date.now());
      expect(await vault.find(subject)).toBeUndefined();
    });

    it('given no key, when destroyed, then there is none still, however often', async () => {
      await vault.destroy(subject, Date.now());
      await vault.keyOf(subject);
      const destroying = Array.from({ length: 5 }, () => vault.destroy(subject, Date.now()));
      await Promise.all(destroying);

      expect(await vault.find(subject)).toBeUndefined();
    });

    it('given a key asked for while it is destroyed, then all see the one that stays', async () => {
      for (let round = 0; round < 10; round += 1) {
        await vault.keyOf(subject);
        const destroying = vault.destroy(subject, Date.now());
        await Promise.all([destroying, vault.keyOf(subject), vault.keyOf(subject)]);
        const found = await vault.find(subject);
        const key = hex(await vault.keyOf(subject));

        expect(hex(found) || key).toBe(key);
        expect(hex(await vault.find(subject))).toBe(key);
      }
    });

    it('given another process, then both have the same keys, whoever made them', async () => {
      const other = underTest.other ?? vault;
      const subjects = Array.from({ length: 20 }, (_, index) => `${subject}${index}`);
      const ask = (of: Vault): Promise<string[]> =>
        Promise.all(subjects.map(async (each) => hex(await of.keyOf(each))));
      const [ours, theirs] = await Promise.all([ask(vault), ask(other)]);

      expect(theirs).toEqual(ours);
      await Promise.all(subjects.map((each) => other.destroy(each, Date.now())));
      expect(await vault.find(subjects[0]!)).toBeUndefined();
      expect(await ask(vault)).toEqual(await ask(other));
    });

    it('given a vault opened again, then its keys are there, save the destroyed', async () => {
      const keys = [await vault.keyOf(subject), await vault.keyOf(`${subject}0`)];
      await vault.destroy(subject, Date.now());
      const again = (await underTest.reopen?.()) ?? vault;

      expect(await again.find(subject)).toBeUndefined();
      expect(hex(await again.find(`${subject}0`))).toBe(hex(keys[1]));
      expect(hex(await again.keyOf(subject))).not.toBe(hex(keys[0]));
    });
  });
}

function hex(key: Uint8Array | undefined): string {
  return key === undefined ? '' : Buffer.from(key).toString('hex');
}
