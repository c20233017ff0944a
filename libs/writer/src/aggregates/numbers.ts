import { numberStream } from '@tollgate/contracts';
import { numbers, type CommandMemory, type NumberState, type NumbersKind } from '@tollgate/domain';
import type { Aggregate, StateCodec } from '../aggregate';

const NUMBER_BYTES = 1_000;

type SavedNumber = Pick<NumberState, 'numberId'>;

const snapshot: StateCodec<NumberState> = {
  version: 1,
  encode: ({ numberId }): SavedNumber => ({ numberId }),
  decode: ({ numberId }: SavedNumber, memory: CommandMemory): NumberState => {
    return { ...memory, numberId };
  },
};

/** Phone numbers and who holds them, in one stream a number. */
export const numbersAggregate: Aggregate<NumbersKind> = {
  decider: numbers,
  stream: numberStream,
  idOf: ({ data }) => data.phoneNumber,
  tooLarge: (max) => ({ code: 'too_many', what: 'bytes in one command', max }),
  bytesOf: () => NUMBER_BYTES,
  snapshot,
};
