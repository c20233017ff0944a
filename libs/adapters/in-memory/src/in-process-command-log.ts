import type { AggregateKind, TeamKind } from '@tollgate/domain';
import {
  CommandLogFull,
  CommandLogUnavailable,
  type CommandConsumer,
  type CommandHandler,
  type CommandLog,
  type Outcome,
} from '@tollgate/ports';

const RETRY_AFTER_MS = 1_000;

export interface InProcessCommandLogOptions {
  /**
   * Commands under way at most; one more and the caller is asked to come back.
   * @default 50000
   */
  readonly commandsMax?: number;
}

/** A command log without a broker: the caller and the writer share the process. */
export class InProcessCommandLog<Kind extends AggregateKind = TeamKind>
  implements CommandLog<Kind>, CommandConsumer<Kind>
{
  private readonly commandsMax: number;
  private handle: CommandHandler<Kind> | undefined;
  private readonly underWay = new Set<Promise<unknown>>();
  private commandsUnderWay = 0;

  constructor({ commandsMax = 50_000 }: InProcessCommandLogOptions = {}) {
    this.commandsMax = commandsMax;
  }

  async run(handle: CommandHandler<Kind>): Promise<void> {
    this.handle = handle;
  }

  async submit(
    key: string,
    commands: readonly Kind['command'][],
  ): Promise<readonly Outcome<Kind>[]> {
    if (this.handle === undefined) throw new CommandLogUnavailable('nobody takes commands');
    if (this.commandsUnderWay + commands.length > this.commandsMax) {
      throw new CommandLogFull(RETRY_AFTER_MS);
    }
    const handled = this.handle(key, commands);
    this.commandsUnderWay += commands.length;
    this.underWay.add(handled);
    try {
      return await handled;
    } finally {
      this.commandsUnderWay -= commands.length;
      this.underWay.delete(handled);
    }
  }

  /** Nobody else is there. */
  confirmOwnership(): Promise<void> {
    return Promise.resolve();
  }

  /** Takes no more commands and waits for those under way. */
  async close(): Promise<void> {
    this.handle = undefined;
    await Promise.allSettled(this.underWay);
  }
}
