import type { TeamCommand } from '@tollgate/domain';
import {
  CommandLogFull,
  CommandLogUnavailable,
  type CommandLog,
  type Outcome,
} from '@tollgate/ports';

const RETRY_AFTER_MS = 1_000;

/** The writer's side of the log: decides commands of one team, in their order. */
export type CommandHandler = (
  teamId: string,
  commands: readonly TeamCommand[],
) => Promise<readonly Outcome[]>;

export interface InProcessCommandLogOptions {
  /**
   * Commands under way at most; one more and the caller is asked to come back.
   * @default 50000
   */
  readonly commandsMax?: number;
}

/** A command log without a broker: the caller and the writer share the process. */
export class InProcessCommandLog implements CommandLog {
  private readonly commandsMax: number;
  private readonly underWay = new Set<Promise<unknown>>();
  private commandsUnderWay = 0;
  private isClosed = false;

  constructor(
    private readonly handle: CommandHandler,
    { commandsMax = 50_000 }: InProcessCommandLogOptions = {},
  ) {
    this.commandsMax = commandsMax;
  }

  async submit(teamId: string, commands: readonly TeamCommand[]): Promise<readonly Outcome[]> {
    if (this.isClosed) throw new CommandLogUnavailable('the command log is closed');
    if (this.commandsUnderWay + commands.length > this.commandsMax) {
      throw new CommandLogFull(RETRY_AFTER_MS);
    }
    const handled = this.handle(teamId, commands);
    this.commandsUnderWay += commands.length;
    this.underWay.add(handled);
    try {
      return await handled;
    } finally {
      this.commandsUnderWay -= commands.length;
      this.underWay.delete(handled);
    }
  }

  /** Takes no more commands and waits for those under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled(this.underWay);
  }
}
