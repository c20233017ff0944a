import { isDeepStrictEqual } from 'node:util';
import type { Accepted } from '@tollgate/ports';
import { acceptedOf, isInDoubt, isOutcome, type Attempt, type Intent } from '../world/history';
import type { TeamRecord } from './team-record';

/** What callers were told, against what the log has: the promises of design §2, 3, 4, 5 and 10. */
export function checkAnswers(intents: readonly Intent[], record: TeamRecord): string[] {
  return intents.flatMap((intent) =>
    [
      ...checkAcknowledged(intent, record),
      ...checkOnce(intent, record),
      ...checkNotDone(intent, record),
      ...checkFreshness(intent),
    ].map((problem) => `${intent.command.type} ${intent.command.id}: ${problem}`),
  );
}

/** Acknowledged: in the log, once, with the same answer each time. */
function checkAcknowledged(intent: Intent, record: TeamRecord): string[] {
  const answers = acceptedOf(intent).filter(({ events }) => events.length > 0);
  const problems = answers.flatMap((answer) => checkAnswer(answer, record));
  const ids = new Set(answers.map(({ commandId }) => commandId));
  if (ids.size > 1) problems.push(`answered as ${[...ids].join(' and ')}`);
  const [only] = answers;
  if (intent.attempts.length === 1 && only?.isRepeat === true) {
    problems.push('asked for once, answered as a repeat');
  }
  return problems;
}

function checkAnswer(answer: Accepted, record: TeamRecord): string[] {
  const stored = record.commands.get(answer.commandId);
  if (stored === undefined) return [`acknowledged, but ${answer.commandId} is not in the log`];
  const problems: string[] = [];
  if (!isDeepStrictEqual(plain(stored.events), plain(answer.events))) {
    problems.push('acknowledged with other events than the log has');
  }
  if (stored.at !== answer.at) problems.push(`acknowledged at ${answer.at}, stored ${stored.at}`);
  if (answer.streamRevision < stored.firstRevision + stored.events.length - 1) {
    problems.push(`answered with revision ${answer.streamRevision}, which is before its events`);
  }
  return problems;
}

/** However often it was asked for, under whatever ids. */
function checkOnce({ attempts }: Intent, record: TeamRecord): string[] {
  const ids = new Set(attempts.map(({ command }) => command.id));
  const applied = [...ids].filter((id) => record.commands.has(id));
  return applied.length > 1 ? [`done ${applied.length} times: ${applied.join(', ')}`] : [];
}

/** Told that it was not done: not in the log, unless a later attempt put it there. */
function checkNotDone({ attempts }: Intent, record: TeamRecord): string[] {
  if (!attempts.some(({ command }) => record.commands.has(command.id))) return [];
  const told = attempts.map((_, index) => index).filter((index) => isDenied(attempts, index));
  const isUndone = [-1, ...told].some(
    (index) => !attempts.slice(index + 1).some((attempt) => mayHaveDone(attempt)),
  );
  return isUndone ? [`in the log, and answered with ${namesOf(attempts)}`] : [];
}

/** Refused for sure, at a time when no earlier attempt was under way any more. */
function isDenied(attempts: readonly Attempt[], index: number): boolean {
  const { result, round } = attempts[index]!;
  if (!isOutcome(result) || result.status !== 'refused') return false;
  const isAlone = attempts.filter((attempt) => attempt.round === round).length === 1;
  return isAlone && !attempts.slice(0, index).some((attempt) => attempt.result === 'lost');
}

function mayHaveDone(attempt: Attempt): boolean {
  const { result } = attempt;
  if (isInDoubt(attempt)) return true;
  return isOutcome(result) && result.status === 'accepted' && !result.isRepeat;
}

function namesOf(attempts: readonly Attempt[]): string {
  return attempts
    .map(({ result }) => {
      if (!isOutcome(result)) return result ?? 'nothing';
      return result.status === 'refused' ? result.rejection.code : result.status;
    })
    .join(', ');
}

/** No decision rests on a state that was out of date when the command was sent. */
function checkFreshness({ attempts }: Intent): string[] {
  return attempts.flatMap(({ result, headBefore }) => {
    if (!isOutcome(result) || !('streamRevision' in result)) return [];
    if (result.status === 'accepted' && result.isRepeat) return [];
    return result.streamRevision >= headBefore
      ? []
      : [`${result.status} at revision ${result.streamRevision}, sent at ${headBefore}`];
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
