import {
  AppendOutcomeUnknown,
  LogCorrupt,
  WrongExpectedRevision,
  type Outcome,
} from '@tollgate/ports';
import type { Aggregate, WritableKind } from './aggregate';
import {
  UndecidableCommand,
  closeAppend,
  decideBatch,
  type Decided,
  type DecidedBatch,
} from './decide-batch';
import type { WriterDependencies } from './dependencies';
import { EventLookup } from './event-lookup';
import { load } from './load';
import type { Loaded } from './loaded';
import { recallOutcome } from './recall-outcome';
import { UnansweredAppends } from './unanswered-appends';

/**
 * Writes the stream of one aggregate: decide, append, then answer. Whenever the log may not hold
 * what the state says, the state is dropped and folded from the log again.
 */
export class StreamWriter<Kind extends WritableKind> {
  /** Outlives this writer for as long as there is any doubt. */
  unanswered = new UnansweredAppends();
  /** The state that it goes on from; it folds the log when there is none. */
  loaded: Loaded<Kind['state']> | undefined;
  private readonly stream: string;

  constructor(
    private readonly id: string,
    private readonly aggregate: Aggregate<Kind>,
    private readonly deps: WriterDependencies,
    private readonly attemptsMax: number,
  ) {
    this.stream = aggregate.stream(id);
  }

  /** Answers every command: those that a fault kept from being decided as unavailable. */
  async process(commands: readonly Kind['command'][]): Promise<readonly Outcome<Kind>[]> {
    const outcomes: Outcome<Kind>[] = [];
    while (outcomes.length < commands.length) {
      outcomes.push(...(await this.processSome(commands, outcomes.length)));
    }
    this.unanswered.settle(this.loaded?.state.revision ?? -1);
    return outcomes;
  }

  /** One append's worth of commands, decided again for as long as the log disagrees. */
  private async processSome(
    commands: readonly Kind['command'][],
    from: number,
  ): Promise<readonly Outcome<Kind>[]> {
    let isUncertain = false;
    let last: unknown;
    for (let attempt = 1; attempt <= this.attemptsMax; attempt += 1) {
      try {
        return await this.decideAndAppend(commands, from);
      } catch (fault) {
        this.loaded = undefined;
        this.deps.log.warn('commands not appended', { stream: this.stream, attempt, fault });
        if (fault instanceof UndecidableCommand && !isUncertain) {
          return this.processAround(fault.index, commands, from);
        }
        last = fault;
        isUncertain ||= fault instanceof AppendOutcomeUnknown;
        if (!isResolvedByReading(fault)) break;
      }
    }
    const left = commands.slice(from);
    return left.map((command) => this.outcomeOfFault(command, isUncertain, last));
  }

  /** The commands before the one that can't be decided; or, when it comes first, that one alone. */
  private async processAround(
    undecidable: number,
    commands: readonly Kind['command'][],
    from: number,
  ): Promise<readonly Outcome<Kind>[]> {
    if (undecidable > from) return this.processSome(commands.slice(0, undecidable), from);
    return [{ status: 'undecidable', reason: 'the command can not be decided' }];
  }

  private async decideAndAppend(
    commands: readonly Kind['command'][],
    from: number,
  ): Promise<readonly Outcome<Kind>[]> {
    const isFresh = this.loaded === undefined;
    const loaded = (this.loaded ??= await this.load());
    const ready = await this.withReads(commands, from, loaded);
    const { aggregate, unanswered } = this;
    const batch = decideBatch(aggregate, loaded.state, ready, { from, unanswered });
    if (batch.events.length > 0) await this.append(loaded, batch);
    else if (!isFresh && restsOnState(batch)) await this.confirm(batch.revisionBefore);
    return this.outcomesOf(batch);
  }

  private async load(): Promise<Loaded<Kind['state']>> {
    const loaded = await load(this.id, this.aggregate, this.deps);
    await this.deps.owner?.confirmOwnership(this.id);
    return loaded;
  }

  /** Most batches need nothing else, and are decided as they are. */
  private async withReads(
    commands: readonly Kind['command'][],
    from: number,
    { state }: Loaded<Kind['state']>,
  ): Promise<readonly Kind['command'][]> {
    const { reads } = this.aggregate;
    if (reads === undefined || !commands.some((each) => reads.isNeededFor(each))) return commands;
    const lookup = this.lookup();
    const ready = [...commands];
    for (let index = from; index < ready.length; index += 1) {
      const command = ready[index]!;
      if (!reads.isNeededFor(command)) continue;
      ready[index] = await reads.fromLog(command, state.revision, lookup);
    }
    return ready;
  }

  private async append(loaded: Loaded<Kind['state']>, batch: DecidedBatch<Kind>): Promise<void> {
    closeAppend(loaded, batch.events, this.deps.digest);
    try {
      await this.deps.events.append(this.stream, batch.revisionBefore, batch.events);
    } catch (fault) {
      if (fault instanceof AppendOutcomeUnknown) this.unanswered.add(batch);
      throw fault;
    }
  }

  /**
   * An append proves that the state was the log's. Decisions that lead to none need another proof:
   * a state that was kept may be behind what another writer has accepted.
   * @throws WrongExpectedRevision
   */
  private async confirm(revision: number): Promise<void> {
    for await (const batch of this.deps.events.readStream(this.stream, revision + 1)) {
      const actual = batch[batch.length - 1]?.revision ?? revision;
      if (actual !== revision) throw new WrongExpectedRevision(this.stream, revision, actual);
    }
  }

  private async outcomesOf(batch: DecidedBatch<Kind>): Promise<readonly Outcome<Kind>[]> {
    const lookup = this.lookup();
    const outcomes: Outcome<Kind>[] = [];
    for (const each of batch.decided) {
      const { decision } = each;
      outcomes.push(
        decision.kind === 'repeated'
          ? await this.recalled(each, decision.revision, lookup)
          : this.answer(each, batch),
      );
    }
    return outcomes;
  }

  /** Once this batch was appended, no earlier append can arrive behind it. */
  private answer(
    decided: Decided<Kind>,
    { events, revisionBefore }: DecidedBatch<Kind>,
  ): Outcome<Kind> {
    const { command } = decided;
    const isAppended = events.length > 0;
    if (isAppended || !this.unanswered.mayArrive(command, revisionBefore)) {
      return outcomeOf(decided);
    }
    return { status: 'unknown', commandId: command.id };
  }

  /** A first answer that can't be read spoils only the repeat that asks for it. */
  private async recalled(
    { command, revisionAfter }: Decided<Kind>,
    revision: number,
    lookup: EventLookup,
  ): Promise<Outcome<Kind>> {
    try {
      const first = await recallOutcome<Kind>(revision, revisionAfter, lookup);
      return { ...first, isRepeat: !this.unanswered.take(revision, first) };
    } catch (fault) {
      this.deps.log.error('first answer not readable', { stream: this.stream, revision, fault });
      if (fault instanceof LogCorrupt) return { status: 'undecidable', reason: fault.message };
      return { status: 'unknown', commandId: command.id };
    }
  }

  private outcomeOfFault(
    command: Kind['command'],
    isUncertain: boolean,
    fault: unknown,
  ): Outcome<Kind> {
    if (isUncertain || this.unanswered.has(command)) {
      return { status: 'unknown', commandId: command.id };
    }
    if (fault instanceof LogCorrupt) return { status: 'undecidable', reason: fault.message };
    return { status: 'unavailable' };
  }

  private lookup(): EventLookup {
    return new EventLookup(this.stream, this.deps.events);
  }
}

function outcomeOf<Kind extends WritableKind>({
  command,
  decision,
  at,
  revisionAfter: streamRevision,
}: Decided<Kind>): Outcome<Kind> {
  if (decision.kind === 'refused') {
    return { status: 'refused', rejection: decision.rejection, streamRevision };
  }
  const events = decision.kind === 'accepted' ? decision.events : [];
  return { status: 'accepted', events, commandId: command.id, at, streamRevision, isRepeat: false };
}

/** That a command was accepted before stays true; all else depends on the state. */
function restsOnState({ decided }: DecidedBatch<WritableKind>): boolean {
  return decided.some(({ decision }) => decision.kind !== 'repeated');
}

function isResolvedByReading(fault: unknown): boolean {
  return fault instanceof WrongExpectedRevision || fault instanceof AppendOutcomeUnknown;
}
