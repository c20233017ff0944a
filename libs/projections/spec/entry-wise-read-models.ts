import {
  RevisionGap,
  type Place,
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
  /** Where parts of rows are listed, by row and part. */
  readonly parts = new Map<string, readonly Place[]>();
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
    return [this.rows, this.listed, this.parts, this.revisions].map((map) =>
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
        this.listed.set(nameOf(write), write.key);
        return;
      case 'relist':
        return this.relist(`${write.key} ${write.part}`, write.key, write.places);
      case 'remove':
        this.rows.delete(write.key);
        for (const part of this.partsOf(write.key)) this.relist(part, write.key, []);
        return;
    }
  }

  private relist(part: string, key: string, places: readonly Place[]): void {
    const before = this.parts.get(part) ?? [];
    if (places.length === 0) this.parts.delete(part);
    else this.parts.set(part, places);
    const kept = new Set(this.partsOf(key).flatMap((each) => this.parts.get(each)!.map(nameOf)));
    for (const name of before.map(nameOf)) {
      if (!kept.has(name) && this.listed.get(name) === key) this.listed.delete(name);
    }
    for (const place of places) this.listed.set(nameOf(place), key);
  }

  private partsOf(key: string): string[] {
    return [...this.parts.keys()].filter((part) => part.startsWith(`${key} `));
  }
}

const nameOf = ({ index, sortKey }: Place): string => `${index} ${sortKey}`;
