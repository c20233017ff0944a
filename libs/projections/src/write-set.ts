import type { ReadModelWrite, Row } from '@tollgate/ports';

/** Gathers writes and joins those to the same row, so that a busy row is written once a batch. */
export class WriteSet {
  private readonly rows = new Map<string, { isWhole: boolean; fields: Record<string, unknown> }>();
  private readonly listed: ReadModelWrite[] = [];

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

  writes(): ReadModelWrite[] {
    const writes: ReadModelWrite[] = [];
    for (const [key, { isWhole, fields }] of this.rows) {
      writes.push(isWhole ? { kind: 'put', key, row: fields } : { kind: 'merge', key, fields });
    }
    return [...writes, ...this.listed];
  }
}
