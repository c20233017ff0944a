import { sendersStream } from '@tollgate/contracts';
import {
  senders,
  type CommandMemory,
  type OwnedNumber,
  type Sender,
  type SendersKind,
  type SendersState,
} from '@tollgate/domain';
import type { Aggregate, StateCodec } from '../aggregate';

const SENDERS_BYTES = 1_000;
/** With a webhook that has a long address. */
const SENDER_BYTES = 700;
const NUMBER_BYTES = 400;
const RELEASED_BYTES = 200;

interface SavedSenders {
  readonly defaultSenderId: string | null;
  readonly senders: readonly [string, Sender][];
  readonly numbers: readonly [string, OwnedNumber][];
  readonly releasedNumbers: readonly [string, Pick<OwnedNumber, 'chargeId' | 'paidUntil'>][];
}

const snapshot: StateCodec<SendersState> = {
  version: 2,
  encode: ({ defaultSenderId, senders, numbers, releasedNumbers }): SavedSenders => ({
    defaultSenderId,
    senders: [...senders],
    numbers: [...numbers],
    releasedNumbers: [...releasedNumbers],
  }),
  /** In the order of new senders' fields, so that the engine sees one shape of object. */
  decode: (saved: SavedSenders, memory: CommandMemory): SendersState => ({
    ...memory,
    defaultSenderId: saved.defaultSenderId,
    senders: new Map(saved.senders),
    numbers: new Map(saved.numbers),
    releasedNumbers: new Map(saved.releasedNumbers),
  }),
};

/** The senders and the numbers of accounts, in one stream an account. */
export const sendersAggregate: Aggregate<SendersKind> = {
  decider: senders,
  stream: sendersStream,
  idOf: ({ accountId }) => accountId,
  tooLarge: (max) => ({ code: 'too_many', what: 'bytes in one command', max }),
  bytesOf: ({ senders, numbers, releasedNumbers }) =>
    SENDERS_BYTES +
    senders.size * SENDER_BYTES +
    numbers.size * NUMBER_BYTES +
    releasedNumbers.size * RELEASED_BYTES,
  snapshot,
};
