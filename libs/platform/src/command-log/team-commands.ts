import type { TeamCommand } from '@tollgate/domain';

/** What a controller of the command log is handed. */
export interface TeamCommands {
  readonly teamId: string;
  /** In the order in which they are to be decided. */
  readonly commands: readonly TeamCommand[];
}
