import type { AggregateKind, TeamKind } from '@tollgate/domain';

/** What a controller of a command log is handed. */
export interface KeyedCommands<Kind extends AggregateKind = TeamKind> {
  /** Of all these commands: a team's id in billing, an account's id or a number in messaging. */
  readonly key: string;
  /** In the order in which they are to be decided. */
  readonly commands: readonly Kind['command'][];
}
