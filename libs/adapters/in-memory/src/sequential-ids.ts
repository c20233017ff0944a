import { COMMAND_ID_LENGTH, ID_ALPHABET } from '@tollgate/domain';
import type { IdSource } from '@tollgate/ports';

/** Valid command ids that count up, the same in every run. */
export class SequentialIds implements IdSource {
  constructor(private last = 0) {}

  next(): string {
    this.last += 1;
    let digits = '';
    for (let rest = this.last; rest > 0; rest = Math.floor(rest / ID_ALPHABET.length)) {
      digits = ID_ALPHABET.charAt(rest % ID_ALPHABET.length) + digits;
    }
    return digits.padStart(COMMAND_ID_LENGTH, '0');
  }
}
