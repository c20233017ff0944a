import { createHash } from 'node:crypto';
import { ID_ALPHABET, isCommandId } from '@tollgate/domain';
import fc from 'fast-check';
import { commandIdFrom, commandIdOf } from './command-id';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The same conversion over one big number. */
function slowly(text: string): string {
  let rest = BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`);
  let id = '';
  for (let digit = 0; digit < 26; digit += 1) {
    id = ID_ALPHABET.charAt(Number(rest % 32n)) + id;
    rest /= 32n;
  }
  return id;
}

describe('commandIdOf', () => {
  it('is the first 128 bits of the SHA-256 in base 32', () => {
    fc.assert(fc.property(fc.string(), (text) => commandIdOf(text, sha256) === slowly(text)));
  });

  it('is always a command id', () => {
    fc.assert(fc.property(fc.string(), (text) => isCommandId(commandIdOf(text, sha256))));
  });

  it('never changes: commands in logs were found by it', () => {
    expect(commandIdOf('', sha256)).toBe('73P324567W3GA9NYZMS2CPZE94');
    expect(commandIdOf('refund:msg_1', sha256)).toBe('223KA5Z98PBFRKF01YP9Z7VJ5V');
  });

  it('reaches both ends of the range', () => {
    expect(commandIdFrom('A'.repeat(43))).toBe('0'.repeat(26));
    expect(commandIdFrom('_'.repeat(43))).toBe(`7${'Z'.repeat(25)}`);
  });

  it('takes nothing but a digest', () => {
    expect(() => commandIdFrom('abc')).toThrow(RangeError);
    expect(() => commandIdFrom('!'.repeat(43))).toThrow(RangeError);
  });
});
