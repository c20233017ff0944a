import {
  RevisionGap,
  type ProjectedEvents,
  type ReadModelWrite,
  type ReadModelWriter,
  type Row,
} from '@tollgate/ports';

/**
 * Read models as a store keeps them that changes one stream at a time: a crash may leave the
 * first entries of a batch applied and the others not, and the checkpoint behind both.
 */
export class EntryWiseReadModels implements ReadModelWriter {
  readonly rows = new Map<string, Row>();
  readonly listed = new Map<string, string>();
  readonly revisions = new Map<string, number>();
  /** Runs before each step; throws when the process is to end there. */
  beforeStep: () => void = () => undefined;
  private position = 0;

  async apply(projected: readonly ProjectedEvents[]): Promise<void> {
    for (const entry of projected) {
      this.beforeStep();
      this.applyOne(entry);
      this.beforeStep();
      this.position = Math.max(this.position, entry.position);
    }
  }

  async checkpoint(): Promise<number> {
    return this.position;
  }

  async revisionOf(stream: string): Promise<number> {
    return this.revisions.get(stream) ?? -1;
  }

  /** Everything that is shown, in an order that does not depend on how it came about. */
  dump(): unknown {
    return [this.rows, this.listed, this.revisions].map((map) =>
      [...map].sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  }

  /** As if the store had lost what belongs to a stream, and nothing else. */
  forget(stream: string, revision = -1): void {
    this.revisions.set(stream, revision);
  }

  private applyOne({ stream, firstRevision, lastRevision, writes }: ProjectedEvents): void {
    const stored = this.revisions.get(stream) ?? -1;
    if (firstRevision > stored + 1) throw new RevisionGap(stream, stored, firstRevision);
    if (lastRevision <= stored) return;
    for (const write of writes) this.write(write);
    this.revisions.set(stream, lastRevision);
  }

  private write(write: ReadModelWrite): void {
    switch (write.kind) {
      case 'put':
        this.rows.set(write.key, { ...write.row });
        return;
      case 'merge':
        this.rows.set(write.key, { ...this.rows.get(write.key), ...write.fields });
        return;
      case 'list':
        this.listed.set(`${write.index} ${write.sortKey}`, write.key);
        return;
    }
  }
}
