import { COMMAND_ID_LENGTH, ID_ALPHABET } from '@tollgate/domain';
import type { Sha256 } from './stored-events';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** As constants of this module: through the barrel each access would cost a chain of calls. */
const [DIGITS, DIGITS_MAX] = [ID_ALPHABET, COMMAND_ID_LENGTH];
const BITS_PER_CHARACTER = 6;
const BITS_PER_DIGIT = 5;
/** 26 digits hold 130 bits: two zeros lead the 128 of an id. */
const LEADING_ZEROS = 2;

/** The command id that belongs to a text: the same text always gives the same id. */
export function commandIdOf(text: string, sha256: Sha256): string {
  return commandIdFrom(sha256(text));
}

/** The first 128 bits of a base64url SHA-256, in the text form of a command id. */
export function commandIdFrom(digest: string): string {
  let id = '';
  let bits = 0;
  let bitCount = LEADING_ZEROS;
  for (let at = 0; id.length < DIGITS_MAX; at += 1) {
    bits = (bits << BITS_PER_CHARACTER) | valueOf(digest, at);
    bitCount += BITS_PER_CHARACTER;
    while (bitCount >= BITS_PER_DIGIT && id.length < DIGITS_MAX) {
      bitCount -= BITS_PER_DIGIT;
      id += DIGITS.charAt((bits >> bitCount) & 31);
    }
    bits &= (1 << bitCount) - 1;
  }
  return id;
}

function valueOf(digest: string, at: number): number {
  const value = BASE64URL.indexOf(digest.charAt(at));
  if (value < 0 || at >= digest.length) throw new RangeError(`not a base64url digest: ${digest}`);
  return value;
}
