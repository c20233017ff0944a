import { setTimeout as delay } from 'node:timers/promises';
import { CommandLogFull, type CommandHandler, type Log, type Outcome } from '@tollgate/ports';
import { isExpired, type CommandRecord } from './command-records';
import { stopIfLost, type Claim } from './ownership';

const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 1_000;

export interface Answered {
  readonly record: CommandRecord;
  readonly outcome: Outcome;
}

export interface DecideTeam {
  readonly teamId: string;
  readonly records: readonly CommandRecord[];
  readonly handle: CommandHandler;
  readonly claim: Claim;
  readonly log: Log;
}

/**
 * Has the commands of one team decided. As long as the event log is away they are tried again and
 * nothing else of the partition is taken; what nobody waits for any longer is let go meanwhile.
 * @throws OwnershipLost
 */
export async function decideTeam(work: DecideTeam): Promise<readonly Answered[]> {
  const { teamId, claim, log } = work;
  const answered: Answered[] = [];
  let waiting = work.records;
  for (let pause = RETRY_MS_MIN; waiting.length > 0;) {
    const outcomes = await outcomesOf(work, waiting);
    const pairs = waiting.map((record, place) => ({ record, outcome: outcomes[place]! }));
    answered.push(...pairs.filter(({ outcome }) => isFinal(outcome)));
    const open = pairs.filter(({ outcome }) => !isFinal(outcome));
    if (open.length === 0) break;
    log.warn('commands wait for the event log', { teamId, count: open.length });
    await delay(pause);
    await stopIfLost(claim);
    pause = Math.min(2 * pause, RETRY_MS_MAX);
    waiting = open.filter((pair) => !isLetGo(pair, Date.now())).map(({ record }) => record);
  }
  return answered;
}

async function outcomesOf(
  work: DecideTeam,
  records: readonly CommandRecord[],
): Promise<readonly Outcome[]> {
  try {
    const commands = records.map(({ command }) => command);
    return await work.handle(work.teamId, commands);
  } catch (fault) {
    if (fault instanceof RangeError) return aroundBad(work, records, fault);
    const isExpected = fault instanceof CommandLogFull;
    if (!isExpected) work.log.error('commands were not decided', { teamId: work.teamId, fault });
    return records.map(() => ({ status: 'unavailable' }));
  }
}

/** A command that could not be stored spoils only its own outcome. */
async function aroundBad(
  work: DecideTeam,
  records: readonly CommandRecord[],
  { message: reason }: RangeError,
): Promise<readonly Outcome[]> {
  if (records.length === 1) return [{ status: 'undecidable', reason }];
  const outcomes: Outcome[] = [];
  for (const record of records) outcomes.push(...(await outcomesOf(work, [record])));
  return outcomes;
}

/** One that may be in the log stays, or those that were decided with it could be refused for it. */
function isLetGo({ record, outcome }: Answered, now: number): boolean {
  return outcome.status === 'unavailable' && isExpired(record.message, now);
}

function isFinal({ status }: Outcome): boolean {
  return status !== 'unknown' && status !== 'unavailable';
}
