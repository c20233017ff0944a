import {
  ReadModelsLost,
  type ProjectedEvents,
  type ReadModelReader,
  type ReadModelWriter,
  type Row,
} from '@tollgate/ports';

type ReadModels = ReadModelReader & ReadModelWriter;

/** Read models in a store that may be emptied, or put back from an older copy. */
export class ForgetfulReadModels {
  private models: ReadModels;
  private applied: ProjectedEvents[] = [];
  private known = 0;

  constructor(private readonly create: () => ReadModels) {
    this.models = create();
  }

  async apply(projected: readonly ProjectedEvents[]): Promise<void> {
    const found = await this.models.checkpoint();
    if (found < this.known) throw new ReadModelsLost(this.known, found);
    await this.models.apply(projected);
    this.applied.push(...projected);
    this.known = await this.models.checkpoint();
  }

  async checkpoint(): Promise<number> {
    this.known = await this.models.checkpoint();
    return this.known;
  }

  revisionOf(stream: string): Promise<number> {
    return this.models.revisionOf(stream);
  }

  get(key: string): Promise<Row | undefined> {
    return this.models.get(key);
  }

  /** As after FLUSHALL, or with a copy that held the first few entries. */
  async goBackTo(entries: number): Promise<void> {
    this.applied.length = Math.min(this.applied.length, entries);
    this.models = this.create();
    await this.models.apply(this.applied);
  }
}
