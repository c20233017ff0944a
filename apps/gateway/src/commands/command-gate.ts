import { ApiError, errorOfRejection } from '@tollgate/contracts';
import type { TeamCommand, TeamEvent } from '@tollgate/domain';
import type { Accepted, CommandLog, Outcome } from '@tollgate/ports';
import { unavailable } from '../http/errors';
import type { KnownKeys } from '../http/known-keys';
import type { FreshReads } from '../reads/fresh-reads';

/** Sends commands to the writer and turns what became of them into answers. */
export class CommandGate {
  constructor(
    private readonly commands: CommandLog,
    private readonly reads: FreshReads,
    private readonly keys: KnownKeys,
  ) {}

  /** @throws ApiError when the command was refused, or its outcome can't be told. */
  async accept(command: TeamCommand): Promise<Accepted> {
    const [outcome] = await this.submit(command.teamId, [command]);
    return acceptedOrThrow(outcome!);
  }

  /**
   * As {@link accept}, and answers once reads show it. Keys are looked up in the read models: a
   * new one should work at once, a revoked one no more. @throws as accept.
   */
  async acceptAndShow(command: TeamCommand): Promise<Accepted> {
    const accepted = await this.accept(command);
    // What was accepted must not be answered with an error because a read model is away.
    await this.reads.wait(command.teamId).catch(() => undefined);
    this.keys.forgetAll();
    return accepted;
  }

  async submit(teamId: string, commands: readonly TeamCommand[]): Promise<readonly Outcome[]> {
    const outcomes = await this.commands.submit(teamId, commands);
    const last = outcomes[outcomes.length - 1];
    if (last !== undefined && 'streamRevision' in last) {
      this.reads.answered(teamId, last.streamRevision);
    }
    return outcomes;
  }
}

export function acceptedOrThrow(outcome: Outcome): Accepted {
  if (outcome.status === 'accepted') return outcome;
  throw errorOf(outcome);
}

export function errorOf(outcome: Exclude<Outcome, Accepted>): ApiError {
  switch (outcome.status) {
    case 'refused':
      return errorOfRejection(outcome.rejection);
    case 'unknown':
      return new ApiError(
        'outcome_unknown',
        'It is not known yet whether this was done. Repeat it with the same idempotency key.',
        { commandId: outcome.commandId },
        { 'retry-after': '1' },
      );
    case 'unavailable':
    case 'undecidable':
      return unavailable();
  }
}

/** The event of one type among those of an accepted command. */
export function eventOf<Type extends TeamEvent['type']>(
  { events }: Accepted,
  type: Type,
): Extract<TeamEvent, { type: Type }> {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`the outcome has no ${type}`);
  return found as Extract<TeamEvent, { type: Type }>;
}
