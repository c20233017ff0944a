export interface IndexEntry {
  readonly sortKey: string;
  readonly key: string;
}

/** Row keys by sort key. Most sort keys grow with time, so that most are added at the end. */
export class SortedIndex {
  private readonly entries: IndexEntry[] = [];

  set(sortKey: string, key: string): void {
    const at = this.countBelow(sortKey);
    const replaced = this.entries[at]?.sortKey === sortKey ? 1 : 0;
    this.entries.splice(at, replaced, { sortKey, key });
  }

  /** Leaves what leads to another key. */
  delete(sortKey: string, key: string): void {
    const at = this.countBelow(sortKey);
    const found = this.entries[at];
    if (found?.sortKey === sortKey && found.key === key) this.entries.splice(at, 1);
  }

  /** Entries below `before`, from the top when absent, that begin with `prefix`; highest first. */
  *below(before: string | undefined, prefix: string): Iterable<IndexEntry> {
    let at = before === undefined ? this.entries.length : this.countBelow(before);
    if (prefix !== '') at = Math.min(at, this.countUpTo(prefix));
    while (at > 0) {
      const entry = this.entries[(at -= 1)]!;
      if (!entry.sortKey.startsWith(prefix)) return;
      yield entry;
    }
  }

  private countBelow(sortKey: string): number {
    const last = this.entries.at(-1);
    if (last === undefined || last.sortKey < sortKey) return this.entries.length;
    return this.count((known) => known < sortKey);
  }

  /** How many are below those that begin with a prefix, or among them. */
  private countUpTo(prefix: string): number {
    return this.count((known) => known < prefix || known.startsWith(prefix));
  }

  /** @param isBefore true for the first ones, and false from some place on. */
  private count(isBefore: (sortKey: string) => boolean): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.entries[middle]!.sortKey)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
