import { setTimeout as delay } from 'node:timers/promises';
import type { AggregateKind } from '@tollgate/domain';
import { CommandLogFull, type CommandHandler, type Log, type Outcome } from '@tollgate/ports';
import { isExpired, type CommandRecord } from './command-records';
import { stopIfLost, type Claim } from './ownership';

const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 1_000;

export interface Answered<Kind extends AggregateKind> {
  readonly record: CommandRecord<Kind>;
  readonly outcome: Outcome<Kind>;
}

/** Commands of one key. */
export interface Work<Kind extends AggregateKind> {
  readonly key: string;
  readonly records: readonly CommandRecord<Kind>[];
  readonly handle: CommandHandler<Kind>;
  readonly claim: Claim;
  readonly log: Log;
}

/**
 * Has the commands of one key decided. As long as the event log is away they are tried again and
 * nothing else of the partition is taken; what nobody waits for any longer is let go meanwhile.
 * @throws OwnershipLost
 */
export async function decideCommands<Kind extends AggregateKind>(
  work: Work<Kind>,
): Promise<readonly Answered<Kind>[]> {
  const { key, claim, log } = work;
  const answered: Answered<Kind>[] = [];
  let waiting = work.records;
  for (let pause = RETRY_MS_MIN; waiting.length > 0;) {
    const outcomes = await outcomesOf(work, waiting);
    const pairs = waiting.map((record, place) => ({ record, outcome: outcomes[place]! }));
    answered.push(...pairs.filter(({ outcome }) => isFinal(outcome)));
    const open = pairs.filter(({ outcome }) => !isFinal(outcome));
    if (open.length === 0) break;
    log.warn('commands wait for the event log', { key, count: open.length });
    await delay(pause);
    await stopIfLost(claim);
    pause = Math.min(2 * pause, RETRY_MS_MAX);
    waiting = open.filter((pair) => !isLetGo(pair, Date.now())).map(({ record }) => record);
  }
  return answered;
}

async function outcomesOf<Kind extends AggregateKind>(
  work: Work<Kind>,
  records: readonly CommandRecord<Kind>[],
): Promise<readonly Outcome<Kind>[]> {
  try {
    const commands = records.map(({ command }) => command);
    return await work.handle(work.key, commands);
  } catch (fault) {
    if (fault instanceof RangeError) return aroundBad(work, records, fault);
    const isExpected = fault instanceof CommandLogFull;
    if (!isExpected) work.log.error('commands were not decided', { key: work.key, fault });
    return records.map(() => ({ status: 'unavailable' }));
  }
}

/** A command that could not be stored spoils only its own outcome. */
async function aroundBad<Kind extends AggregateKind>(
  work: Work<Kind>,
  records: readonly CommandRecord<Kind>[],
  { message: reason }: RangeError,
): Promise<readonly Outcome<Kind>[]> {
  if (records.length === 1) return [{ status: 'undecidable', reason }];
  const outcomes: Outcome<Kind>[] = [];
  for (const record of records) outcomes.push(...(await outcomesOf(work, [record])));
  return outcomes;
}

/** One that may be in the log stays, or those that were decided with it could be refused for it. */
function isLetGo({ record, outcome }: Answered<AggregateKind>, now: number): boolean {
  return outcome.status === 'unavailable' && isExpired(record.message, now);
}

function isFinal({ status }: Outcome<AggregateKind>): boolean {
  return status !== 'unknown' && status !== 'unavailable';
}
