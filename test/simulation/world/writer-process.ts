import type { TeamCommand } from '@tollgate/domain';
import { CommandLogFull, type Log, type Outcome } from '@tollgate/ports';
import { nodeDigest } from '@tollgate/testing';
import { Writer, teamAggregate, type WriterOptions } from '@tollgate/writer';
import type { Random } from './random';
import { LogConnection, type SimulatedLog } from './simulated-log';
import type { SimulatedSnapshots } from './simulated-snapshots';

/** What a caller sees: outcomes, or that nothing was taken, or nothing at all. */
export type Answer = readonly Outcome[] | 'full' | 'lost';

export interface WriterSurroundings {
  readonly log: SimulatedLog;
  readonly snapshots: SimulatedSnapshots;
  readonly options: Partial<WriterOptions>;
  readonly report: Log;
}

export function drawOptions(random: Random): Partial<WriterOptions> {
  return {
    batchCommandsMax: random.of([1, 3, 20, 2_000]),
    queueMax: random.of([12, 40, 20_000]),
    snapshotEvery: random.of([1, 7, 40, 100_000]),
    cacheBytesMax: random.of([1, 4_000, 1_000_000]),
    attemptsMax: random.integer(1, 5),
  };
}

/** A process with a writer in it. It may end at any moment, and then never says anything more. */
export class WriterProcess {
  private readonly connection: LogConnection;
  private readonly writer: Writer;
  private end: (answer: 'lost') => void = () => undefined;
  private readonly ended = new Promise<'lost'>((resolve) => (this.end = resolve));

  constructor({ log, snapshots, options, report }: WriterSurroundings) {
    this.connection = new LogConnection(log, log.weather);
    const deps = { events: this.connection, snapshots, digest: nodeDigest, log: report };
    this.writer = new Writer(teamAggregate, deps, options);
  }

  submit(teamId: string, commands: readonly TeamCommand[]): Promise<Answer> {
    const submitted = this.writer.submit(teamId, commands).catch((fault: unknown): Answer => {
      if (fault instanceof CommandLogFull) return 'full';
      throw fault;
    });
    return Promise.race([submitted, this.ended]);
  }

  endLate(): void {
    this.connection.endLate();
  }

  kill(): void {
    this.connection.kill();
    this.end('lost');
  }

  close(): Promise<unknown> {
    return Promise.race([this.writer.close(), this.ended]);
  }
}
