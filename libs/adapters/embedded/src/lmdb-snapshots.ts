import type { Database, RootDatabase } from 'lmdb';
import type { SnapshotPart, Snapshots, StoredSnapshot } from '@tollgate/ports';
import { openDatabase, transact } from './lmdb-environment';
import { committed } from './lmdb-failure';

type SnapshotHead = Omit<StoredSnapshot, 'parts'> & { readonly parts: readonly string[] };
type PartKey = [stream: string, name: string];

/** The latest snapshot of each stream. Its parts are values of their own, written once. */
export class LmdbSnapshots implements Snapshots {
  private readonly heads: Database<SnapshotHead, string>;
  private readonly parts: Database<Buffer, PartKey>;

  constructor(private readonly environment: RootDatabase) {
    this.heads = openDatabase(environment, 'heads');
    this.parts = openDatabase(environment, 'parts', { encoding: 'binary' });
  }

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    const head = this.headOf(stream);
    if (head === undefined) return undefined;
    const parts: SnapshotPart[] = [];
    for (const name of head.parts) {
      const bytes = this.parts.get([stream, name]);
      if (bytes === undefined) return undefined;
      parts.push({ name, bytes });
    }
    return { ...head, parts };
  }

  async save(stream: string, snapshot: StoredSnapshot): Promise<void> {
    const saved = new Set(this.headOf(stream)?.parts);
    const names = snapshot.parts.map(({ name }) => name);
    const dropped = [...saved].filter((name) => !names.includes(name));
    const write = (): void => {
      for (const { name, bytes } of snapshot.parts) {
        if (!saved.has(name)) void this.parts.put([stream, name], Buffer.from(bytes));
      }
      for (const name of dropped) void this.parts.remove([stream, name]);
      void this.heads.put(stream, { ...snapshot, parts: names });
    };
    const bytes = snapshot.parts.reduce((sum, part) => sum + part.bytes.length, 0);
    await committed(transact(this.environment, write, bytes));
  }

  private headOf(stream: string): SnapshotHead | undefined {
    try {
      return this.heads.get(stream);
    } catch {
      return undefined;
    }
  }
}
