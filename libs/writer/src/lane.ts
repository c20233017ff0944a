import type { AggregateKind } from '@tollgate/domain';
import { CommandLogFull, type Outcome } from '@tollgate/ports';

export type ProcessBatch<Kind extends AggregateKind> = (
  commands: readonly Kind['command'][],
) => Promise<readonly Outcome<Kind>[]>;

interface Submission<Kind extends AggregateKind> {
  readonly commands: readonly Kind['command'][];
  readonly resolve: (outcomes: readonly Outcome<Kind>[]) => void;
  readonly reject: (fault: unknown) => void;
}

const RETRY_AFTER_MS = 1_000;

/**
 * The queue of one aggregate. One batch is under way at a time; what arrives meanwhile becomes the
 * next batch (group commit), so a busy one needs no more appends than an idle one.
 */
export class Lane<Kind extends AggregateKind> {
  private waiting: Submission<Kind>[] = [];
  private waitingCommands = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly process: ProcessBatch<Kind>,
    private readonly limits: { readonly batchCommandsMax: number; readonly queueMax: number },
    private readonly onIdle: () => void,
  ) {}

  submit(commands: readonly Kind['command'][]): Promise<readonly Outcome<Kind>[]> {
    if (this.waitingCommands + commands.length > this.limits.queueMax) {
      return Promise.reject(new CommandLogFull(RETRY_AFTER_MS));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ commands, resolve, reject });
      this.waitingCommands += commands.length;
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    // What other requests of this turn of the event loop bring joins the first batch.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) await this.runBatch(this.take());
    this.running = undefined;
    this.onIdle();
  }

  private take(): Submission<Kind>[] {
    let commands = 0;
    let count = 0;
    while (count < this.waiting.length && commands < this.limits.batchCommandsMax) {
      commands += this.waiting[count]!.commands.length;
      count += 1;
    }
    this.waitingCommands -= commands;
    return this.waiting.splice(0, count);
  }

  private async runBatch(batch: readonly Submission<Kind>[]): Promise<void> {
    try {
      const outcomes = await this.process(commandsOf(batch));
      let from = 0;
      for (const { commands, resolve } of batch) {
        resolve(outcomes.slice(from, from + commands.length));
        from += commands.length;
      }
    } catch (fault) {
      for (const { reject } of batch) reject(fault);
    }
  }
}

function commandsOf<Kind extends AggregateKind>(
  batch: readonly Submission<Kind>[],
): readonly Kind['command'][] {
  return batch.length === 1 ? batch[0]!.commands : batch.flatMap(({ commands }) => commands);
}
