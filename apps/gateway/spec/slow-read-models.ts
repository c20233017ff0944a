import type {
  Page,
  PageRequest,
  ProjectedEvents,
  ReadModelReader,
  ReadModelWriter,
  Row,
  SortKeys,
} from '@tollgate/ports';

/** Read models that show everything late, so that a read that doesn't wait is always wrong. */
export class SlowReadModels implements ReadModelReader, ReadModelWriter {
  /** What the next events wait for. */
  pause: () => Promise<void> = async () => undefined;

  constructor(private readonly inner: ReadModelReader & ReadModelWriter) {}

  async apply(projected: readonly ProjectedEvents[]): Promise<void> {
    await this.pause();
    await this.inner.apply(projected);
  }

  checkpoint(): Promise<number> {
    return this.inner.checkpoint();
  }

  get(key: string): Promise<Row | undefined> {
    return this.inner.get(key);
  }

  list(index: string, request: PageRequest): Promise<Page> {
    return this.inner.list(index, request);
  }

  sortKeys(index: string, request: PageRequest): Promise<SortKeys> {
    return this.inner.sortKeys(index, request);
  }

  revisionOf(stream: string): Promise<number> {
    return this.inner.revisionOf(stream);
  }

  waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    return this.inner.waitFor(stream, revision, timeoutMs);
  }
}
