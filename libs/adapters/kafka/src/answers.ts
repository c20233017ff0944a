import {
  BILLING_COMMANDS,
  CORRELATION_ID,
  DEAD_LETTER_REASON,
  DEAD_LETTER_SOURCE,
  deadLetterTopic,
  encodeReply,
  type CommandReply,
} from '@tollgate/contracts';
import type { KafkaMessage, Message } from 'kafkajs';
import type { BadRecord } from './command-records';
import type { OutgoingRecord } from './record-sender';

/** The record that tells its producer what became of a command. */
export function answerTo(
  { replyTo, correlationId }: { readonly replyTo: string; readonly correlationId: string },
  reply: CommandReply,
): OutgoingRecord {
  const headers = { [CORRELATION_ID]: correlationId };
  return { topic: replyTo, message: { value: encodeReply(reply), headers } };
}

/** Past it a record is parked without its value: it is still where it came from. */
const PARKED_BYTES_MAX = 3 * 1024 * 1024;

/** A record as it was, with the reason why it is here and where it came from. */
export function deadLetter(message: KafkaMessage, partition: number, reason: string): Message {
  const { key, value, headers, offset } = message;
  const isTooLarge = (value?.length ?? 0) > PARKED_BYTES_MAX;
  return {
    key,
    value: isTooLarge ? null : value,
    headers: {
      ...headers,
      [DEAD_LETTER_REASON]: reason,
      [DEAD_LETTER_SOURCE]: `${BILLING_COMMANDS}/${partition}/${offset}`,
    },
  };
}

export const DEAD_LETTERS = deadLetterTopic(BILLING_COMMANDS);

export function answerToBad({ replyTo, correlationId, reason }: BadRecord): OutgoingRecord[] {
  if (replyTo === undefined) return [];
  return [answerTo({ replyTo, correlationId: correlationId ?? '' }, { status: 'invalid', reason })];
}
