import { randomFillSync } from 'node:crypto';
import { ID_ALPHABET } from '@tollgate/domain';
import type { IdSource } from '@tollgate/ports';
import { encodeTime } from 'ulid';

const TIME_DIGITS = 10;
const RANDOM_DIGITS = 10;
const COUNTER_MAX = 2 ** 30;
/** Counters begin in the lower half: half a billion ids fit before the next millisecond. */
const COUNTER_START_MAX = 2 ** 29;

/**
 * Command ids as monotonic ULIDs: 48 bits of time, 50 random bits a millisecond, and 30 bits that
 * count. The library's own factory steps through the digits of a string for each id, which takes
 * a tenth of the time of a charge in a batch.
 */
export function ulidIds(now: () => number = Date.now): IdSource {
  let madeAt = -1;
  let prefix = '';
  let counter = COUNTER_MAX;
  return {
    next() {
      const at = now();
      if (at > madeAt || counter >= COUNTER_MAX) {
        madeAt = at > madeAt ? at : madeAt + 1;
        const random = randomFillSync(new Uint8Array(RANDOM_DIGITS + 4));
        prefix = encodeTime(madeAt, TIME_DIGITS) + digitsOf(random.subarray(0, RANDOM_DIGITS));
        counter = new DataView(random.buffer).getUint32(RANDOM_DIGITS) % COUNTER_START_MAX;
      }
      counter += 1;
      return prefix + counterDigits(counter);
    },
  };
}

function digitsOf(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes) digits += ID_ALPHABET.charAt(byte & 31);
  return digits;
}

function counterDigits(value: number): string {
  return (
    ID_ALPHABET.charAt((value >> 25) & 31) +
    ID_ALPHABET.charAt((value >> 20) & 31) +
    ID_ALPHABET.charAt((value >> 15) & 31) +
    ID_ALPHABET.charAt((value >> 10) & 31) +
    ID_ALPHABET.charAt((value >> 5) & 31) +
    ID_ALPHABET.charAt(value & 31)
  );
}
