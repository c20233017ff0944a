import { RevisionWaiters, type ListedParts } from '@tollgate/adapter-runtime';
import type { Database, Key, RootDatabase } from 'lmdb';
import {
  RevisionGap,
  type Page,
  type PageRequest,
  type ProjectedEvents,
  type ReadModelReader,
  type ReadModelWriter,
  type Row,
  type SortKeys,
} from '@tollgate/ports';
import { openDatabase, transact } from './lmdb-environment';
import { committed } from './lmdb-failure';
import { placeKey, rangeBelow, sortKeyOf } from './place-keys';
import { ReadModelChanges } from './read-model-changes';

const CHECKPOINT = 'checkpoint';
const VERSION = 'version';

/** Read models in an LMDB environment of their own, which may be deleted at any time. */
export class LmdbReadModels implements ReadModelReader, ReadModelWriter {
  private readonly rows: Database<Row, string>;
  private readonly indexes: Database<string, Buffer>;
  private readonly revisions: Database<number, string>;
  private readonly state: Database<number, string>;
  private openedParts: Database<ListedParts, string> | undefined;
  private readonly waiters = new RevisionWaiters();
  private applying: Promise<unknown> = Promise.resolve();

  constructor(private readonly environment: RootDatabase) {
    this.rows = openDatabase(environment, 'rows');
    this.indexes = openDatabase(environment, 'indexes', { keyEncoding: 'binary' });
    this.revisions = openDatabase(environment, 'revisions');
    this.state = openDatabase(environment, 'state');
  }

  /** Forgets everything that another version of the projections made. */
  async useVersion(version: number): Promise<void> {
    if (this.state.get(VERSION) === version) return;
    for (const database of [this.rows, this.indexes, this.parts, this.revisions, this.state]) {
      await committed(database.clearAsync());
    }
    await committed(this.state.put(VERSION, version));
  }

  /** One call after the other, since each builds on the rows that the one before left. */
  apply(projected: readonly ProjectedEvents[]): Promise<void> {
    const applied = this.applying.then(() => this.applyNow(projected));
    this.applying = applied.catch(() => undefined);
    return applied;
  }

  async checkpoint(): Promise<number> {
    return this.state.get(CHECKPOINT) ?? 0;
  }

  async get(key: string): Promise<Row | undefined> {
    return this.rows.get(key);
  }

  async list(index: string, { before, prefix = '', limit }: PageRequest): Promise<Page> {
    const items: Page['items'][number][] = [];
    for (const { key, value } of this.indexes.getRange(rangeBelow(index, before, prefix))) {
      const row = this.rows.get(value);
      if (row === undefined) continue;
      if (items.length >= limit) return { items, hasMore: true };
      items.push({ sortKey: sortKeyOf(key), row });
    }
    return { items, hasMore: false };
  }

  async sortKeys(index: string, request: PageRequest): Promise<SortKeys> {
    const { before, prefix = '', limit } = request;
    const range = { ...rangeBelow(index, before, prefix), limit: limit + 1 };
    const sortKeys = [...this.indexes.getKeys(range).map(sortKeyOf)];
    return { sortKeys: sortKeys.slice(0, limit), hasMore: sortKeys.length > limit };
  }

  async revisionOf(stream: string): Promise<number> {
    return this.shownRevision(stream);
  }

  async waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    if (this.shownRevision(stream) >= revision) return true;
    return this.waiters.wait(stream, revision, timeoutMs);
  }

  /** Waits for what is being applied, and lets those go who wait for more. */
  async close(): Promise<void> {
    await this.applying;
    this.waiters.close();
  }

  /** Where the parts of rows are listed. Only writers need it: a reader's folder may lack it. */
  private get parts(): Database<ListedParts, string> {
    this.openedParts ??= openDatabase(this.environment, 'parts', { encoding: 'json' });
    return this.openedParts;
  }

  private shownRevision(stream: string): number {
    return this.revisions.get(stream) ?? -1;
  }

  private async applyNow(projected: readonly ProjectedEvents[]): Promise<void> {
    const changes = new ReadModelChanges({
      row: (key) => this.rows.get(key),
      parts: (key) => this.parts.get(key),
      keyAt: (place) => this.indexes.get(placeKey(place)),
    });
    const revisions = new Map<string, number>();
    let position = this.state.get(CHECKPOINT) ?? 0;
    for (const { stream, firstRevision, lastRevision, ...entry } of projected) {
      const shown = revisions.get(stream) ?? this.shownRevision(stream);
      if (firstRevision > shown + 1) throw new RevisionGap(stream, shown, firstRevision);
      position = Math.max(position, entry.position);
      if (lastRevision <= shown) continue;
      entry.writes.forEach((write) => changes.add(write));
      revisions.set(stream, lastRevision);
    }
    await this.write(changes, revisions, position);
    revisions.forEach((revision, stream) => this.waiters.shown(stream, revision));
  }

  /** One batch is one transaction. */
  private async write(
    changes: ReadModelChanges,
    revisions: ReadonlyMap<string, number>,
    position: number,
  ): Promise<void> {
    const transaction = transact(this.environment, () => {
      for (const [key, row] of changes.rows) store(this.rows, key, row);
      for (const [key, parts] of changes.parts) store(this.parts, key, parts);
      for (const [place, key] of changes.places) store(this.indexes, placeKey(place), key);
      for (const [stream, revision] of revisions) void this.revisions.put(stream, revision);
      void this.state.put(CHECKPOINT, position);
    });
    await committed(transaction);
  }
}

function store<Value, DatabaseKey extends Key>(
  database: Database<Value, DatabaseKey>,
  key: DatabaseKey,
  value: Value | undefined,
): void {
  if (value === undefined) void database.remove(key);
  else void database.put(key, value);
}
