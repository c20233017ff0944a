import { setTimeout as delay } from 'node:timers/promises';
import type { CommandProtocol } from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';
import type { CommandHandler, Log } from '@tollgate/ports';
import type { EachBatchPayload, KafkaMessage, Message } from 'kafkajs';
import { answerTo, answerToBad, deadLetter, type Place } from './answers';
import { readRecords, type CommandRecord } from './command-records';
import { decideCommands, type Answered } from './decide-commands';
import { OffsetCommits } from './offset-commits';
import { stopIfLost, type Claim } from './ownership';
import type { OutgoingRecord } from './record-sender';

export interface PartitionTools<Kind extends AggregateKind> {
  readonly protocol: CommandProtocol<Kind>;
  readonly handle: CommandHandler<Kind>;
  readonly log: Log;
  /** Resolves when the records are on the dead-letter topic. */
  readonly park: (letters: readonly Message[]) => Promise<void>;
  readonly answer: (record: OutgoingRecord) => void;
  /** The claim under which the commands of a key are being decided now. */
  readonly claims: Map<string, Claim>;
  /** Stops and resumes the fetching of this partition. */
  readonly setPaused: (isPaused: boolean) => void;
}

/** Waiting records past which no more are fetched. */
const WAITING_MAX = 4_000;
const PARK_RETRY_MS = 500;

/**
 * Decides what comes on one partition, for as long as it is ours. While some commands are decided
 * and their offsets committed the next gather, so that a busy partition needs no more appends and
 * commits than an idle one.
 */
export class PartitionWorker<Kind extends AggregateKind> {
  private waiting: KafkaMessage[] = [];
  private running: Promise<void> | undefined;
  private isPaused = false;
  private isLost = false;
  private readonly commits: OffsetCommits;

  constructor(
    readonly claim: Claim,
    private readonly tools: PartitionTools<Kind>,
    private readonly payload: EachBatchPayload,
  ) {
    this.commits = new OffsetCommits(claim, payload);
  }

  add(messages: readonly KafkaMessage[]): void {
    if (this.isLost) return;
    this.waiting.push(...messages);
    this.setPaused(this.waiting.length > WAITING_MAX);
    this.running ??= this.run();
  }

  /** Resolves when all that came is decided, committed and answered, or not ours any more. */
  async drained(): Promise<void> {
    await this.running;
    await this.commits.drained();
  }

  private async run(): Promise<void> {
    try {
      while (this.waiting.length > 0) await this.decide(this.take());
    } catch (fault) {
      // Only that it is lost ends the work; whoever has it now begins where the commits ended.
      this.tools.log.warn('a partition went to another consumer', { fault });
      this.isLost = true;
      this.waiting = [];
    }
    this.running = undefined;
  }

  private take(): KafkaMessage[] {
    const taken = this.waiting;
    this.waiting = [];
    this.setPaused(false);
    return taken;
  }

  private setPaused(isPaused: boolean): void {
    if (isPaused === this.isPaused) return;
    this.isPaused = isPaused;
    this.tools.setPaused(isPaused);
  }

  /** @throws OwnershipLost */
  private async decide(messages: readonly KafkaMessage[]): Promise<void> {
    const { batch } = this.payload;
    const { byKey, bad } = readRecords(this.tools.protocol, messages, Date.now());
    const answered = await this.decideAll(byKey);
    await this.park([
      ...bad.map(({ message, reason }) => deadLetter(message, batch, reason)),
      ...answered.flatMap((each) => letterOf(each, batch)),
    ]);
    const last = messages[messages.length - 1]!.offset;
    this.commits.add(last, () => {
      for (const each of answered) this.answer(each);
      for (const each of bad) answerToBad(each).forEach(this.tools.answer);
    });
  }

  private async decideAll(
    byKey: ReadonlyMap<string, readonly CommandRecord<Kind>[]>,
  ): Promise<readonly Answered<Kind>[]> {
    const { claim } = this;
    const { handle, log, claims } = this.tools;
    const decided = [...byKey].map(async ([key, records]) => {
      claims.set(key, claim);
      try {
        return await decideCommands({ key, records, handle, claim, log });
      } finally {
        if (claims.get(key) === claim) claims.delete(key);
      }
    });
    return (await settled(decided)).flat();
  }

  /** Until they are there: a record that is committed and parked nowhere would be lost. */
  private async park(letters: readonly Message[]): Promise<void> {
    while (letters.length > 0) {
      try {
        return await this.tools.park(letters);
      } catch (fault) {
        this.tools.log.warn('commands can not be parked yet', { count: letters.length, fault });
      }
      await delay(PARK_RETRY_MS);
      await stopIfLost(this.claim);
    }
  }

  private answer({ record: { replyTo, correlationId }, outcome }: Answered<Kind>): void {
    if (replyTo !== undefined) this.tools.answer(answerTo({ replyTo, correlationId }, outcome));
  }
}

/** Waits for all of them, even when one fails: none may go on behind the back of what follows. */
async function settled<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function letterOf({ record, outcome }: Answered<AggregateKind>, place: Place): Message[] {
  if (outcome.status !== 'undecidable') return [];
  return [deadLetter(record.message, place, outcome.reason)];
}
