import {
  CORRELATION_ID,
  DEAD_LETTER_REASON,
  DEAD_LETTER_SOURCE,
  encodeReply,
  type CommandReply,
} from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';
import type { KafkaMessage, Message } from 'kafkajs';
import type { BadRecord } from './command-records';
import type { OutgoingRecord } from './record-sender';

/** The record that tells its producer what became of a command. */
export function answerTo(
  { replyTo, correlationId }: { readonly replyTo: string; readonly correlationId: string },
  reply: CommandReply<AggregateKind>,
): OutgoingRecord {
  const headers = { [CORRELATION_ID]: correlationId };
  return { topic: replyTo, message: { value: encodeReply(reply), headers } };
}

/** Past it a record is parked without its value: it is still where it came from. */
const PARKED_BYTES_MAX = 3 * 1024 * 1024;

/** Where records were read. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** A record as it was, with the reason why it is here and where it came from. */
export function deadLetter(message: KafkaMessage, place: Place, reason: string): Message {
  const { key, value, headers, offset } = message;
  const isTooLarge = (value?.length ?? 0) > PARKED_BYTES_MAX;
  return {
    key,
    value: isTooLarge ? null : value,
    headers: {
      ...headers,
      [DEAD_LETTER_REASON]: reason,
      [DEAD_LETTER_SOURCE]: `${place.topic}/${place.partition}/${offset}`,
    },
  };
}

export function answerToBad({ replyTo, correlationId, reason }: BadRecord): OutgoingRecord[] {
  if (replyTo === undefined) return [];
  return [answerTo({ replyTo, correlationId: correlationId ?? '' }, { status: 'invalid', reason })];
}
