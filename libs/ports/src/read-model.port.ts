/** A flat record of a read model. Rows and their fields are set, never incremented. */
export type Row = { readonly [field: string]: unknown };

/** Where a row is listed. */
export interface Place {
  readonly index: string;
  readonly sortKey: string;
}

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
    }
  /**
   * Lists the row `key` at exactly these places, and nowhere else where the same part of it was
   * listed before. Parts are independent of each other, also where they share a place. The row and
   * the indexes must be of the entry's group.
   */
  | {
      readonly kind: 'relist';
      readonly key: string;
      readonly part: string;
      readonly places: readonly Place[];
    }
  /**
   * Forgets the row, and every place where `relist` put a part of it, but no place that is another
   * row's by now. The row must be of the entry's group.
   */
  | { readonly kind: 'remove'; readonly key: string };

/** What some events of one stream, in order and without gaps, change. */
export interface ProjectedEvents {
  readonly stream: string;
  /** Streams of one group are kept together with the rows and indexes named `{group}/…`. */
  readonly group: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Position of the last event in the whole log; 0 for events read out of turn. */
  readonly position: number;
  readonly writes: readonly ReadModelWrite[];
}

export interface ReadModelWriter {
  /**
   * Applies each entry that continues its stream's stored revision; one that was applied before
   * is skipped. What is named `{group}/…` and the revision change together, the checkpoint (the
   * highest position) with them or after them. Anything else may be written before: it must be
   * such that writing it twice is harmless.
   * @throws RevisionGap events before this entry are missing: read the stream again.
   * @throws ReadModelsLost what was applied before is not there any more: start at `checkpoint()`.
   * @throws ReadModelsUnavailable nothing, or a part of the entries, was applied: try again.
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

export interface SortKeys {
  readonly sortKeys: readonly string[];
  /** True when the index goes on after the last one. */
  readonly hasMore: boolean;
}

export interface PageRequest {
  /** Items strictly below this sort key; from the top when absent. */
  readonly before?: string;
  /** Only items whose sort key begins with it. */
  readonly prefix?: string;
  readonly limit: number;
}

/** Every method throws ReadModelsUnavailable while the store is away or being built. */
export interface ReadModelReader {
  get(key: string): Promise<Row | undefined>;
  /** Rows of an index, highest sort key first. */
  list(index: string, request: PageRequest): Promise<Page>;
  /** What an index is sorted by, highest first, whether the rows are there or not. */
  sortKeys(index: string, request: PageRequest): Promise<SortKeys>;
  /**
   * Revision up to which a stream is shown; -1 when nothing of it is.
   * @param group the stream itself when absent.
   */
  revisionOf(stream: string, group?: string): Promise<number>;
  /** Resolves to true once a stream is shown at `revision` or later, to false after `timeoutMs`. */
  waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean>;
}

/** Which set of read models is shown, and the version of the projections that made it. */
export interface Served {
  readonly namespace: string;
  readonly version: number;
}

/** A new set of read models is built beside the one that is shown, and then served in its place. */
export interface ServedReadModels {
  /** Undefined when none is: the store is new, or lost what it held. */
  serving(): Promise<Served | undefined>;
  serve(namespace: string, version: number): Promise<void>;
  /** Forgets a set that is not served. */
  drop(namespace: string): Promise<void>;
}

/** The store can't be used at the moment, or does not hold all read models yet. */
export class ReadModelsUnavailable extends Error {
  override readonly name = 'ReadModelsUnavailable';
}

/** The store was emptied, or put back from an older copy. */
export class ReadModelsLost extends Error {
  override readonly name = 'ReadModelsLost';

  constructor(
    readonly expected: number,
    readonly found: number,
  ) {
    super(`read models were at position ${expected}, and are at ${found} now`);
  }
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
