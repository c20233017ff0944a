import type { ReadModelWrite, Row } from '@tollgate/ports';

/** A row of an index. */
export interface ListedRow {
  readonly index: string;
  readonly sortKey: string;
  readonly key: string;
}

/**
 * What many writes come to: one value per row, however often it was written, so that two thousand
 * charges of one account cost one write of its totals.
 */
export class ReadModelChanges {
  readonly rows = new Map<string, Row>();
  private readonly byPlace = new Map<string, ListedRow>();

  /** @param stored reads a row as it is before these changes. */
  constructor(private readonly stored: (key: string) => Row | undefined) {}

  get listed(): Iterable<ListedRow> {
    return this.byPlace.values();
  }

  add(write: ReadModelWrite): void {
    switch (write.kind) {
      case 'put':
        this.rows.set(write.key, write.row);
        return;
      case 'merge':
        this.rows.set(write.key, { ...this.current(write.key), ...write.fields });
        return;
      case 'list':
        this.byPlace.set(`${write.index}\0${write.sortKey}`, write);
        return;
    }
  }

  private current(key: string): Row | undefined {
    return this.rows.get(key) ?? this.stored(key);
  }
}
