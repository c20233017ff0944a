import { placesIn, relisted, RevisionWaiters, type ListedParts } from '@tollgate/adapter-runtime';
import {
  RevisionGap,
  type Page,
  type PageRequest,
  type Place,
  type ProjectedEvents,
  type ReadModelReader,
  type ReadModelWrite,
  type ReadModelWriter,
  type Row,
  type SortKeys,
} from '@tollgate/ports';
import { SortedIndex } from './sorted-index';

/** Read models that are gone with the process. */
export class InMemoryReadModels implements ReadModelReader, ReadModelWriter {
  private readonly rows = new Map<string, Row>();
  private readonly parts = new Map<string, ListedParts>();
  private readonly indexes = new Map<string, SortedIndex>();
  private readonly revisions = new Map<string, number>();
  private readonly waiters = new RevisionWaiters();
  private position = 0;

  async apply(projected: readonly ProjectedEvents[]): Promise<void> {
    for (const entry of projected) this.applyOne(entry);
  }

  async checkpoint(): Promise<number> {
    return this.position;
  }

  async get(key: string): Promise<Row | undefined> {
    return this.rows.get(key);
  }

  async list(index: string, { before, prefix = '', limit }: PageRequest): Promise<Page> {
    const items: Page['items'][number][] = [];
    for (const { sortKey, key } of this.indexes.get(index)?.below(before, prefix) ?? []) {
      const row = this.rows.get(key);
      if (row === undefined) continue;
      if (items.length >= limit) return { items, hasMore: true };
      items.push({ sortKey, row });
    }
    return { items, hasMore: false };
  }

  async sortKeys(index: string, request: PageRequest): Promise<SortKeys> {
    const { before, prefix = '', limit } = request;
    const sortKeys: string[] = [];
    for (const { sortKey } of this.indexes.get(index)?.below(before, prefix) ?? []) {
      if (sortKeys.length >= limit) return { sortKeys, hasMore: true };
      sortKeys.push(sortKey);
    }
    return { sortKeys, hasMore: false };
  }

  async revisionOf(stream: string): Promise<number> {
    return this.shownRevision(stream);
  }

  async waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    if (this.shownRevision(stream) >= revision) return true;
    return this.waiters.wait(stream, revision, timeoutMs);
  }

  private shownRevision(stream: string): number {
    return this.revisions.get(stream) ?? -1;
  }

  private applyOne(entry: ProjectedEvents): void {
    const stored = this.shownRevision(entry.stream);
    if (entry.firstRevision > stored + 1) {
      throw new RevisionGap(entry.stream, stored, entry.firstRevision);
    }
    this.position = Math.max(this.position, entry.position);
    if (entry.lastRevision <= stored) return;
    entry.writes.forEach((write) => this.write(write));
    this.revisions.set(entry.stream, entry.lastRevision);
    this.waiters.shown(entry.stream, entry.lastRevision);
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
        this.indexNamed(write.index).set(write.sortKey, write.key);
        return;
      case 'relist':
        return this.relist(write);
      case 'remove':
        this.rows.delete(write.key);
        this.unlist(write.key, placesIn(this.parts.get(write.key)));
        this.parts.delete(write.key);
        return;
    }
  }

  private relist({ key, part, places }: Extract<ReadModelWrite, { kind: 'relist' }>): void {
    const { parts, left } = relisted(this.parts.get(key), part, places);
    if (parts === undefined) this.parts.delete(key);
    else this.parts.set(key, parts);
    this.unlist(key, left);
    for (const { index, sortKey } of places) this.indexNamed(index).set(sortKey, key);
  }

  private unlist(key: string, places: readonly Place[]): void {
    for (const { index, sortKey } of places) this.indexes.get(index)?.delete(sortKey, key);
  }

  private indexNamed(name: string): SortedIndex {
    const found = this.indexes.get(name) ?? new SortedIndex();
    this.indexes.set(name, found);
    return found;
  }
}
