import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CORRELATION_ID, encodeReply } from '@tollgate/contracts';
import type { PendingReplies } from './pending-replies';
import type { RecordSender } from './record-sender';

const ROUNDS_MAX = 60;
const ROUND_MS = 500;

/**
 * Says something to its own reply topic until it hears it. A consumer that has just joined begins
 * at the end of the topic, wherever that is by then: answers before would be missed.
 */
export async function untilHeard(
  sender: RecordSender,
  topic: string,
  pending: PendingReplies,
): Promise<void> {
  let isHeard = false;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const correlationId = randomUUID();
    const heard = pending.open(correlationId, Date.now()).then((reply) => {
      isHeard ||= reply !== 'expired';
    });
    const value = encodeReply({ status: 'unavailable' });
    const headers = { [CORRELATION_ID]: correlationId };
    sender.add({ topic, message: { value, headers } });
    await Promise.race([heard, delay(ROUND_MS)]);
    pending.settle(correlationId, 'expired');
    if (isHeard) return;
  }
  throw new Error(`nothing was heard on ${topic}`);
}
