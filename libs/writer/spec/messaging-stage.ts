import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import type { Outcome } from '@tollgate/ports';
import { Writer, type Aggregate } from '../src';
import type { WritableKind } from '../src/aggregate';
import { ChangedSnapshots } from './snapshot-stores';
import { digest, silent } from './stage';

/** A writer of one kind over a log and snapshots that outlive it. It saves at every occasion. */
export class MessagingStage<Kind extends WritableKind> {
  readonly events = new InMemoryEventLog();
  readonly snapshots = new ChangedSnapshots(new InMemorySnapshots());
  private writer: Writer<Kind>;

  constructor(private readonly aggregate: Aggregate<Kind>) {
    this.writer = this.newWriter();
  }

  /** The writer is gone as by a crash, and another one begins with the snapshots and the log. */
  crash(): void {
    this.writer = this.newWriter();
  }

  /** The writer ends in order, and another one takes its place. */
  async restart(): Promise<void> {
    await this.writer.close();
    this.writer = this.newWriter();
  }

  /** What became of commands for one aggregate, each in one word. */
  async send(...commands: readonly Kind['command'][]): Promise<readonly string[]> {
    const outcomes = await this.writer.submit(this.aggregate.idOf(commands[0]!), commands);
    return outcomes.map(wordFor);
  }

  private newWriter(): Writer<Kind> {
    const { aggregate, events, snapshots } = this;
    const tools = { events, snapshots, digest, log: silent };
    return new Writer(aggregate, tools, { snapshotEvery: 1 });
  }
}

function wordFor<Kind extends WritableKind>(outcome: Outcome<Kind>): string {
  if (outcome.status === 'refused') return outcome.rejection.code;
  if (outcome.status !== 'accepted') return outcome.status;
  if (outcome.isRepeat) return 'repeated';
  return outcome.events.length > 0 ? 'changed' : 'unchanged';
}
