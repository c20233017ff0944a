/** A flat record of a read model. Rows and their fields are set, never incremented. */
export type Row = { readonly [field: string]: unknown };

export type ReadModelWrite =
  /** Creates the row or replaces it. */
  | { readonly kind: 'put'; readonly key: string; readonly row: Row }
  /** Sets some fields of a row; creates it when missing. */
  | { readonly kind: 'merge'; readonly key: string; readonly fields: Row }
  /** Lists the row `key` in an index at `sortKey`; the same sort key again replaces. */
  | {
      readonly kind: 'list';
      readonly index: string;
      readonly sortKey: string;
      readonly key: string;
    };

/** What some events of one stream, in order and without gaps, change. */
export interface ProjectedEvents {
  readonly stream: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Position of the last event in the whole log; 0 for events read out of turn. */
  readonly position: number;
  readonly writes: readonly ReadModelWrite[];
}

export interface ReadModelWriter {
  /**
   * Applies each entry that continues its stream's stored revision; one that was applied before
   * is skipped. Writes, revision and checkpoint (the highest position) change together.
   * @throws RevisionGap events before this entry are missing: read the stream again.
   */
  apply(projected: readonly ProjectedEvents[]): Promise<void>;
  /** Where in the whole log to look for more; 0 when nothing was applied. */
  checkpoint(): Promise<number>;
}

export interface Page {
  readonly items: readonly { readonly sortKey: string; readonly row: Row }[];
  /** True when the index goes on after the last item. */
  readonly hasMore: boolean;
}

export interface PageRequest {
  /** Items strictly below this sort key; from the top when absent. */
  readonly before?: string;
  readonly limit: number;
}

export interface ReadModelReader {
  get(key: string): Promise<Row | undefined>;
  /** Rows of an index, highest sort key first. */
  list(index: string, request: PageRequest): Promise<Page>;
  /** Revision up to which a stream is shown; -1 when nothing of it is. */
  revisionOf(stream: string): Promise<number>;
  /** Resolves to true once a stream is shown at `revision` or later, to false after `timeoutMs`. */
  waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean>;
}

export class RevisionGap extends Error {
  override readonly name = 'RevisionGap';

  constructor(
    readonly stream: string,
    readonly stored: number,
    readonly found: number,
  ) {
    super(`read model of ${stream} is at revision ${stored}, next event is ${found}`);
  }
}
