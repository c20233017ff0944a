import { createHmac } from 'node:crypto';
import { InMemoryVault } from '@tollgate/adapter-in-memory';
import * as fc from 'fast-check';
import { VaultSealing } from './vault-sealing';

const RECIPIENT = /^rcp_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const ACCOUNT = 'sub_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const NUMBER = '+14155550123';

describe('sealing', () => {
  let vault: InMemoryVault;
  let sealing: VaultSealing;

  beforeEach(() => {
    vault = new InMemoryVault();
    sealing = new VaultSealing(vault);
  });

  it('given any value of JSON, when sealed, then it opens to that value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const read = JSON.parse(JSON.stringify(value)) as unknown;

        expect(await sealing.open(await sealing.seal('con_1', value))).toEqual(read);
      }),
    );
  });

  it('given a sealed value, then its text names the subject and nothing else', async () => {
    const sealed = await sealing.seal('con_1', { displayName: 'Jane Doe', to: NUMBER });

    expect(sealed).toMatch(/^con_1\.[\w-]+$/);
    expect(Buffer.from(sealed.slice(6), 'base64url').toString('latin1')).not.toContain('Jane');
  });

  it('given a destroyed key, then what was sealed is gone, and what comes is not', async () => {
    const before = await sealing.seal('con_1', 'before');
    const other = await sealing.seal('con_2', 'other');
    await sealing.vault.destroy('con_1', Date.now());
    expect(await sealing.open(before)).toBeUndefined();
    const after = await sealing.seal('con_1', 'after');

    expect(await sealing.open(before)).toBeUndefined();
    expect(await sealing.open(after)).toBe('after');
    expect(await sealing.open(other)).toBe('other');
  });

  it('given a key that others destroyed, when told to forget it, then it is gone', async () => {
    const sealed = await sealing.seal('con_1', 'before');
    await vault.destroy('con_1', Date.now());
    sealing.forget('con_1');

    expect(await sealing.open(sealed)).toBeUndefined();
  });

  it('given a text that nobody sealed, then there is nothing in it', async () => {
    const sealed = await sealing.seal('con_1', 'x');
    const texts = ['', 'plain', '.', 'con_1.', 'con_1.AAAA', sealed.replace('con_1', 'con_2')];

    for (const text of texts) expect(await sealing.open(text)).toBeUndefined();
  });

  it('given a value that JSON does not know, then it is refused and no key is made', async () => {
    await expect(sealing.seal('con_1', undefined)).rejects.toBeInstanceOf(RangeError);
    expect(await vault.find('con_1')).toBeUndefined();
  });

  it('given an identifier, then its recipient is the same in every process', async () => {
    const recipient = await sealing.recipientOf(ACCOUNT, NUMBER);

    expect(recipient).toMatch(RECIPIENT);
    expect(await new VaultSealing(vault).recipientOf(ACCOUNT, NUMBER)).toBe(recipient);
    expect(await sealing.recipientOf(ACCOUNT, ' +1 (415) 555-0123 ')).toBe(recipient);
  });

  it('given another account, identifier or vault, then the recipient is another one', async () => {
    const recipients = await Promise.all([
      sealing.recipientOf(ACCOUNT, NUMBER),
      sealing.recipientOf(`${ACCOUNT}0`, NUMBER),
      sealing.recipientOf(ACCOUNT, `${NUMBER}0`),
      sealing.recipientOf(ACCOUNT, NUMBER.slice(1)),
      new VaultSealing(new InMemoryVault()).recipientOf(ACCOUNT, NUMBER),
    ]);

    expect(new Set(recipients).size).toBe(recipients.length);
  });

  it('given an identifier, then its recipient takes the key of the vault', async () => {
    const recipient = await sealing.recipientOf(ACCOUNT, NUMBER);
    const pepper = (await vault.find('pepper'))!;
    const digest = createHmac('sha256', pepper).update(`${ACCOUNT}\0${NUMBER}`).digest('hex');

    expect(hexOf(recipient)).toBe(digest.slice(0, 32));
  });
});

/** The 128 bits of a recipient. */
function hexOf(recipient: string): string {
  let bits = 0n;
  for (const digit of recipient.slice('rcp_'.length)) {
    bits = bits * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit));
  }
  return bits.toString(16).padStart(32, '0');
}
