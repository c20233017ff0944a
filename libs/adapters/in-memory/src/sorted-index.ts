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

  /** At most `limit` entries below `sortKey` (from the top when absent), highest first. */
  below(sortKey: string | undefined, limit: number): readonly IndexEntry[] {
    const end = sortKey === undefined ? this.entries.length : this.countBelow(sortKey);
    return this.entries.slice(Math.max(0, end - limit), end).reverse();
  }

  private countBelow(sortKey: string): number {
    let low = 0;
    let high = this.entries.length;
    if (high === 0 || this.entries[high - 1]!.sortKey < sortKey) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.entries[middle]!.sortKey < sortKey) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
