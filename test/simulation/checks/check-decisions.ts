import { isDeepStrictEqual } from 'node:util';
import { revisionInId, team, type TeamCommand, type TeamState } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import { isOutcome, type Intent } from '../world/history';
import type { TeamRecord } from './team-record';

interface Answered {
  readonly command: TeamCommand;
  readonly outcome: Outcome;
}

/**
 * Every answer is what the domain decides on the log as it was at the revision that the answer
 * names, or at the one before the command's own events: as if there had only ever been one writer
 * that did one thing after the other.
 */
export function checkDecisions(intents: readonly Intent[], record: TeamRecord): string[] {
  const byRevision = answersByRevision(intents, record);
  const problems: string[] = [];
  const state = team.initialState();
  for (let revision = -1; revision <= record.head; revision += 1) {
    if (revision >= 0) {
      const { event, metadata } = record.stored[revision]!;
      team.evolve(state, event, metadata);
    }
    for (const answered of byRevision.get(revision) ?? []) {
      problems.push(...checkDecision(answered, state, record));
    }
  }
  return problems;
}

function answersByRevision(
  intents: readonly Intent[],
  record: TeamRecord,
): Map<number, Answered[]> {
  const byRevision = new Map<number, Answered[]>();
  for (const { command, result } of intents.flatMap(({ attempts }) => attempts)) {
    if (!isOutcome(result)) continue;
    const revision = decidedAt(result, record);
    if (revision === undefined) continue;
    const known = byRevision.get(revision) ?? [];
    known.push({ command, outcome: result });
    byRevision.set(revision, known);
  }
  return byRevision;
}

function decidedAt(outcome: Outcome, record: TeamRecord): number | undefined {
  if (outcome.status === 'refused') return outcome.streamRevision;
  if (outcome.status !== 'accepted' || outcome.isRepeat) return undefined;
  if (outcome.events.length === 0) return outcome.streamRevision;
  const stored = record.commands.get(outcome.commandId);
  return stored === undefined ? undefined : stored.firstRevision - 1;
}

function checkDecision(
  { command, outcome }: Answered,
  state: TeamState,
  record: TeamRecord,
): string[] {
  const decision = team.decide(withCharge(command, state, record), state);
  const { id, type } = command;
  const place = `${type} ${id} at revision ${state.revision}`;
  if (outcome.status === 'refused') {
    const isSame =
      decision.kind === 'refused' && isDeepStrictEqual(decision.rejection, outcome.rejection);
    return isSame ? [] : [`${place}: refused with ${outcome.rejection.code}, is ${decision.kind}`];
  }
  if (outcome.status !== 'accepted') return [];
  const isSame = decision.kind === 'accepted' && isDeepStrictEqual(decision.events, outcome.events);
  return isSame ? [] : [`${place}: accepted, is ${decision.kind}`];
}

function withCharge(command: TeamCommand, state: TeamState, record: TeamRecord): TeamCommand {
  if (command.type !== 'Refund') return command;
  const revision = revisionInId('chg', state.teamId, command.data.chargeId);
  if (revision === undefined || revision > state.revision) return command;
  const { event } = record.stored[revision]!;
  if (event.type !== 'AccountCharged') return command;
  const { accountId, amount } = event.data;
  return { ...command, data: { ...command.data, charge: { revision, accountId, amount } } };
}
