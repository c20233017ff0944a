import { ApiError } from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';
import type { Accepted, CommandLog, Outcome } from '@tollgate/ports';
import { unavailable } from '../http/errors';
import type { FreshReads } from '../reads/fresh-reads';

/** What a gate has to know of the kind of commands that go through it. */
export interface GateRules<Kind extends AggregateKind> {
  /** Commands of one key are decided in their order. */
  keyOf(command: Kind['command']): string;
  /** The stream that a command's events go to. */
  streamOf(command: Kind['command']): string;
  errorOf(rejection: Kind['rejection']): ApiError;
}

/** Sends commands of one kind to their writer and turns what became of them into answers. */
export abstract class Gate<Kind extends AggregateKind> {
  protected constructor(
    private readonly commands: CommandLog<Kind>,
    protected readonly reads: FreshReads,
    private readonly rules: GateRules<Kind>,
  ) {}

  /** @throws ApiError when the command was refused, or its outcome can't be told. */
  async accept(command: Kind['command']): Promise<Accepted<Kind>> {
    const [outcome] = await this.submit(this.rules.keyOf(command), [command]);
    return this.acceptedOrThrow(outcome!);
  }

  /** @param commands of one stream. */
  async submit(
    key: string,
    commands: readonly Kind['command'][],
  ): Promise<readonly Outcome<Kind>[]> {
    const outcomes = await this.commands.submit(key, commands);
    const last = outcomes[outcomes.length - 1];
    const [command] = commands;
    if (last !== undefined && command !== undefined && 'streamRevision' in last) {
      this.reads.answered(this.rules.streamOf(command), last.streamRevision);
    }
    return outcomes;
  }

  acceptedOrThrow(outcome: Outcome<Kind>): Accepted<Kind> {
    if (outcome.status === 'accepted') return outcome as Accepted<Kind>;
    throw this.errorOf(outcome as Exclude<Outcome<Kind>, Accepted<Kind>>);
  }

  errorOf(outcome: Exclude<Outcome<Kind>, Accepted<Kind>>): ApiError {
    switch (outcome.status) {
      case 'refused':
        return this.rules.errorOf(outcome.rejection);
      case 'unknown':
        return outcomeUnknown(outcome.commandId);
      case 'unavailable':
      case 'undecidable':
        return unavailable();
    }
  }
}

export function outcomeUnknown(commandId: string): ApiError {
  return new ApiError(
    'outcome_unknown',
    'It is not known yet whether this was done. Repeat it with the same idempotency key.',
    { commandId },
    { 'retry-after': '1' },
  );
}

/** The event of one type among those of an accepted command. */
export function eventOf<Event extends { readonly type: string }, Type extends Event['type']>(
  { events }: { readonly events: readonly Event[] },
  type: Type,
): Extract<Event, { type: Type }> {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`the outcome has no ${type}`);
  return found as Extract<Event, { type: Type }>;
}
