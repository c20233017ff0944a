import { teamStream } from '@tollgate/contracts';
import type { TeamCommand } from '@tollgate/domain';
import { AppendOutcomeUnknown, WrongExpectedRevision, type Outcome } from '@tollgate/ports';
import { closeAppend, decideBatch, type Decided, type DecidedBatch } from './decide-batch';
import type { WriterDependencies } from './dependencies';
import { withCharge } from './find-charge';
import { loadTeam } from './load-team';
import type { LoadedTeam } from './loaded-team';
import { recallOutcome } from './recall-outcome';

/**
 * Writes one team's stream: decide, append, then answer. Whenever the log may not hold what the
 * state says, the state is dropped and folded from the log again.
 */
export class TeamWriter {
  constructor(
    private readonly teamId: string,
    private readonly deps: WriterDependencies,
    private readonly attemptsMax: number,
    public loaded: LoadedTeam | undefined,
  ) {}

  /** Answers every command: those that a fault kept from being decided as unavailable. */
  async process(commands: readonly TeamCommand[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    while (outcomes.length < commands.length) {
      outcomes.push(...(await this.processSome(commands, outcomes.length)));
    }
    return outcomes;
  }

  /** One append's worth of commands, decided again for as long as the log disagrees. */
  private async processSome(
    commands: readonly TeamCommand[],
    from: number,
  ): Promise<readonly Outcome[]> {
    let isUncertain = false;
    for (let attempt = 1; attempt <= this.attemptsMax; attempt += 1) {
      try {
        return await this.decideAndAppend(commands, from);
      } catch (fault) {
        this.loaded = undefined;
        this.deps.log.warn('commands not appended', { teamId: this.teamId, attempt, fault });
        isUncertain ||= fault instanceof AppendOutcomeUnknown;
        if (!isResolvedByReading(fault)) break;
      }
    }
    return commands
      .slice(from)
      .map(({ id }) =>
        isUncertain ? { status: 'unknown', commandId: id } : { status: 'unavailable' },
      );
  }

  private async decideAndAppend(
    commands: readonly TeamCommand[],
    from: number,
  ): Promise<readonly Outcome[]> {
    const loaded = (this.loaded ??= await loadTeam(this.teamId, this.deps));
    const ready = await this.withCharges(commands, loaded);
    const batch = decideBatch(loaded, ready, from);
    await this.append(loaded, batch);
    return this.outcomesOf(batch.decided);
  }

  /** Most batches hold no refund and are decided as they are. */
  private async withCharges(
    commands: readonly TeamCommand[],
    { state }: LoadedTeam,
  ): Promise<readonly TeamCommand[]> {
    if (!commands.some(({ type }) => type === 'Refund')) return commands;
    const { events } = this.deps;
    return Promise.all(
      commands.map(async (command) =>
        command.type === 'Refund' ? withCharge(command, state.revision, events) : command,
      ),
    );
  }

  private async append(loaded: LoadedTeam, batch: DecidedBatch): Promise<void> {
    if (batch.events.length === 0) return;
    closeAppend(loaded, batch.events, this.deps.digest);
    const stream = teamStream(this.teamId);
    await this.deps.events.append(stream, batch.revisionBefore, batch.events);
  }

  private async outcomesOf(decided: readonly Decided[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const each of decided) {
      const { decision, revisionAfter } = each;
      outcomes.push(
        decision.kind === 'repeated'
          ? await this.recalled(decision.revision, revisionAfter)
          : outcomeOf(each),
      );
    }
    return outcomes;
  }

  /** A first answer that can't be read spoils only the repeat that asks for it. */
  private async recalled(revision: number, teamRevision: number): Promise<Outcome> {
    try {
      return await recallOutcome(this.teamId, revision, teamRevision, this.deps.events);
    } catch (fault) {
      this.deps.log.error('first answer not readable', { teamId: this.teamId, revision, fault });
      return { status: 'unavailable' };
    }
  }
}

function outcomeOf({ command, decision, at, revisionAfter: teamRevision }: Decided): Outcome {
  if (decision.kind === 'refused') {
    return { status: 'refused', rejection: decision.rejection, teamRevision };
  }
  const events = decision.kind === 'accepted' ? decision.events : [];
  return { status: 'accepted', events, commandId: command.id, at, teamRevision, isRepeat: false };
}

function isResolvedByReading(fault: unknown): boolean {
  return fault instanceof WrongExpectedRevision || fault instanceof AppendOutcomeUnknown;
}
