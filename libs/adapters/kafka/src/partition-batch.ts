import type { CommandHandler, Log, Outcome } from '@tollgate/ports';
import type { EachBatchPayload, Message } from 'kafkajs';
import { answerTo, answerToBad, deadLetter } from './answers';
import { readRecords, type CommandRecord } from './command-records';
import { decideTeam, type Answered } from './decide-team';
import type { Claim } from './ownership';
import type { OutgoingRecord } from './record-sender';

export interface PartitionTools {
  readonly handle: CommandHandler;
  readonly log: Log;
  /** Resolves when the records are on the dead-letter topic. */
  readonly park: (letters: readonly Message[]) => Promise<void>;
  readonly answer: (record: OutgoingRecord) => void;
  readonly claims: Map<string, Claim>;
}

/**
 * One batch of one partition: decide, commit the offsets, then answer. A refusal is answered only
 * once nobody will be handed its command again; and what was accepted is in the log by then.
 * @throws OwnershipLost the partition went to another consumer; nobody was answered.
 */
export async function handleBatch(
  payload: EachBatchPayload,
  claim: Claim,
  tools: PartitionTools,
): Promise<void> {
  const { batch } = payload;
  const { teams, bad } = readRecords(batch.messages, Date.now());
  const answered = await decideAll(teams, claim, tools);
  const letters = [
    ...bad.map(({ message, reason }) => deadLetter(message, batch.partition, reason)),
    ...answered.flatMap((each) => letterOf(each, batch.partition)),
  ];
  if (letters.length > 0) await tools.park(letters);
  await commit(payload, claim);
  for (const each of answered) answerFinal(each, tools);
  for (const each of bad) answerToBad(each).forEach(tools.answer);
}

async function decideAll(
  teams: ReadonlyMap<string, readonly CommandRecord[]>,
  claim: Claim,
  { handle, log, claims }: PartitionTools,
): Promise<readonly Answered[]> {
  const decided = [...teams].map(async ([teamId, records]) => {
    claims.set(teamId, claim);
    try {
      return await decideTeam({ teamId, records, handle, claim, log });
    } finally {
      if (claims.get(teamId) === claim) claims.delete(teamId);
    }
  });
  return (await settled(decided)).flat();
}

/** Waits for all of them, even when one fails: none may go on behind the back of what follows. */
async function settled<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function commit(
  { batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload,
  claim: Claim,
): Promise<void> {
  await claim.confirm();
  const { topic, partition } = batch;
  const offset = String(BigInt(batch.lastOffset()) + 1n);
  await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
  resolveOffset(batch.lastOffset());
}

function letterOf({ record, outcome }: Answered, partition: number): Message[] {
  if (outcome.status !== 'undecidable') return [];
  return [deadLetter(record.message, partition, outcome.reason)];
}

function answerFinal({ record, outcome }: Answered, { answer }: PartitionTools): void {
  const { replyTo, correlationId } = record;
  if (replyTo === undefined) return;
  answer(answerTo({ replyTo, correlationId }, outcome satisfies Outcome));
}
