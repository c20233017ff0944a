import type { Place, ReadModelWrite, Row } from '@tollgate/ports';

/** Gathers writes and joins those to the same row, so that a busy row is written once a batch. */
export class WriteSet {
  private readonly rows = new Map<string, { isWhole: boolean; fields: Record<string, unknown> }>();
  private readonly removed = new Set<string>();
  private readonly listed: ReadModelWrite[] = [];
  /** By row and part: what a part was listed at before does not matter any more. */
  private readonly relisted = new Map<string, Map<string, readonly Place[]>>();

  put(key: string, row: Row): void {
    this.rows.set(key, { isWhole: true, fields: { ...row } });
  }

  merge(key: string, fields: Row): void {
    const known = this.rows.get(key);
    if (known === undefined) this.rows.set(key, { isWhole: false, fields: { ...fields } });
    else Object.assign(known.fields, fields);
  }

  list(index: string, sortKey: string, key: string): void {
    this.listed.push({ kind: 'list', index, sortKey, key });
  }

  relist(key: string, part: string, places: readonly Place[]): void {
    const parts = this.relisted.get(key);
    if (parts === undefined) this.relisted.set(key, new Map([[part, places]]));
    else parts.set(part, places);
  }

  /** Whatever is written to the row later makes it anew. */
  remove(key: string): void {
    this.rows.delete(key);
    this.relisted.delete(key);
    this.removed.add(key);
  }

  /** Removals come first, so that they take nothing away of what was written after them. */
  writes(): ReadModelWrite[] {
    const writes: ReadModelWrite[] = [];
    for (const key of this.removed) writes.push({ kind: 'remove', key });
    for (const [key, { isWhole, fields }] of this.rows) {
      writes.push(isWhole ? { kind: 'put', key, row: fields } : { kind: 'merge', key, fields });
    }
    for (const write of this.listed) writes.push(write);
    for (const [key, parts] of this.relisted) {
      for (const [part, places] of parts) writes.push({ kind: 'relist', key, part, places });
    }
    return writes;
  }
}
