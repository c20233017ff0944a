import type { EventReader, RecordedEvent } from '@tollgate/ports';

/**
 * Single events of one stream by revision. Those that a read brought along are kept: refunds and
 * repeats that come together often ask for neighbours.
 */
export class EventLookup {
  private held: readonly RecordedEvent[] = [];

  constructor(
    readonly stream: string,
    private readonly reader: EventReader,
  ) {}

  /** Undefined past the end of the stream. */
  async at(revision: number): Promise<RecordedEvent | undefined> {
    const first = this.held[0];
    const held = first === undefined ? undefined : this.held[revision - first.revision];
    return held ?? this.read(revision);
  }

  private async read(revision: number): Promise<RecordedEvent | undefined> {
    for await (const batch of this.reader.readStream(this.stream, revision)) {
      this.held = batch;
      return batch[0];
    }
    return undefined;
  }
}
