import type { TeamCommand, TeamEvent, TeamRejection } from '@tollgate/domain';

/** What became of a command. */
export type Outcome =
  | {
      readonly status: 'accepted';
      /** The events of this command, as stored; none when there was nothing to change. */
      readonly events: readonly TeamEvent[];
      /** The accepted command's id: for a repeat without an id of its own, the first one's. */
      readonly commandId: string;
      /** When it was decided first, Unix ms. */
      readonly at: number;
      /** Read models at this revision or later show the change. */
      readonly teamRevision: number;
      /** True when this is the answer to an earlier acceptance of the same command. */
      readonly isRepeat: boolean;
    }
  | {
      readonly status: 'refused';
      readonly rejection: TeamRejection;
      readonly teamRevision: number;
    }
  /** The log did not say whether it took the events: ask again with the same id. */
  | { readonly status: 'unknown'; readonly commandId: string }
  /** The log was away before the command was decided: nothing was done. */
  | { readonly status: 'unavailable' }
  /** The command breaks what decides it, or its team's log can't be read: not now, not later. */
  | { readonly status: 'undecidable'; readonly reason: string };

export type Accepted = Extract<Outcome, { status: 'accepted' }>;

export interface CommandLog {
  /**
   * Puts commands of one team on the log and waits for what became of each, in their order.
   * @throws CommandLogFull nothing was taken; try later.
   * @throws CommandLogUnavailable nothing was taken; the log or the writer is away.
   */
  submit(teamId: string, commands: readonly TeamCommand[]): Promise<readonly Outcome[]>;
}

/** Decides commands of one team, in their order, and tells what became of each. */
export type CommandHandler = (
  teamId: string,
  commands: readonly TeamCommand[],
) => Promise<readonly Outcome[]>;

/** The writer's side of the log. */
export interface CommandConsumer {
  /**
   * Hands the commands of a team to `handle`, batch after batch, teams beside each other. What is
   * answered with `unknown` or `unavailable` may be handed over again.
   * @throws CommandLogUnavailable
   */
  run(handle: CommandHandler): Promise<void>;
  /**
   * Makes sure that a team's commands still come to this consumer, and to no other. A writer asks
   * after it has read a state, and before it decides on it: another may have refused a command
   * that this one holds too, and told the caller so.
   * @throws OwnershipLost
   */
  confirmOwnership(teamId: string): Promise<void>;
  /** Hands over no more commands, and resolves when those under way are answered. */
  close(): Promise<void>;
}

export class CommandLogFull extends Error {
  override readonly name = 'CommandLogFull';

  constructor(readonly retryAfterMs: number) {
    super('the command log is full');
  }
}

/** The team's commands go to another consumer now; those held here are not ours to decide. */
export class OwnershipLost extends Error {
  override readonly name = 'OwnershipLost';
}

export class CommandLogUnavailable extends Error {
  override readonly name = 'CommandLogUnavailable';
}
