import type { AggregateKind, TeamKind } from '@tollgate/domain';

/** What became of a command. */
export type Outcome<Kind extends AggregateKind = TeamKind> =
  | {
      readonly status: 'accepted';
      /** The events of this command, as stored; none when there was nothing to change. */
      readonly events: readonly Kind['event'][];
      /** The accepted command's id: for a repeat without an id of its own, the first one's. */
      readonly commandId: string;
      /** When it was decided first, Unix ms. */
      readonly at: number;
      /** Read models of the command's stream show the change at this revision or later. */
      readonly streamRevision: number;
      /** True when this is the answer to an earlier acceptance of the same command. */
      readonly isRepeat: boolean;
    }
  | {
      readonly status: 'refused';
      readonly rejection: Kind['rejection'];
      readonly streamRevision: number;
    }
  /** The log did not say whether it took the events: ask again with the same id. */
  | { readonly status: 'unknown'; readonly commandId: string }
  /** The log was away before the command was decided: nothing was done. */
  | { readonly status: 'unavailable' }
  /** The command breaks what decides it, or its stream can't be read: not now, not later. */
  | { readonly status: 'undecidable'; readonly reason: string };

export type Accepted<Kind extends AggregateKind = TeamKind> = Extract<
  Outcome<Kind>,
  { status: 'accepted' }
>;

export interface CommandLog<Kind extends AggregateKind = TeamKind> {
  /**
   * Puts commands of one team on the log and waits for what became of each, in their order.
   * @param key commands of one key are decided in their order: the id of the team.
   * @throws CommandLogFull nothing was taken; try later.
   * @throws CommandLogUnavailable nothing was taken; the log or the writer is away.
   */
  submit(key: string, commands: readonly Kind['command'][]): Promise<readonly Outcome<Kind>[]>;
}

/** Decides commands of one key, in their order, and tells what became of each. */
export type CommandHandler<Kind extends AggregateKind = TeamKind> = (
  key: string,
  commands: readonly Kind['command'][],
) => Promise<readonly Outcome<Kind>[]>;

/** The writer's side of the log. */
export interface CommandConsumer<Kind extends AggregateKind = TeamKind> {
  /**
   * Hands the commands of a key to `handle`, batch after batch, keys beside each other. What is
   * answered with `unknown` or `unavailable` may be handed over again.
   * @throws CommandLogUnavailable
   */
  run(handle: CommandHandler<Kind>): Promise<void>;
  /**
   * Makes sure that the commands of a key still come to this consumer, and to no other. A writer
   * asks after it has read a state, and before it decides on it: another may have refused a command
   * that this one holds too, and told the caller so.
   * @throws OwnershipLost
   */
  confirmOwnership(key: string): Promise<void>;
  /** Hands over no more commands, and resolves when those under way are answered. */
  close(): Promise<void>;
}

export class CommandLogFull extends Error {
  override readonly name = 'CommandLogFull';

  constructor(readonly retryAfterMs: number) {
    super('the command log is full');
  }
}

/** Its commands go to another consumer now; those held here are not ours to decide. */
export class OwnershipLost extends Error {
  override readonly name = 'OwnershipLost';
}

export class CommandLogUnavailable extends Error {
  override readonly name = 'CommandLogUnavailable';
}
