import type { SnapshotPart, Snapshots, StoredSnapshot } from '@tollgate/ports';

/** The latest snapshot of each stream. */
export class InMemorySnapshots implements Snapshots {
  private readonly latest = new Map<string, StoredSnapshot>();

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    return this.latest.get(stream);
  }

  async save(stream: string, snapshot: StoredSnapshot): Promise<void> {
    const saved = this.latest.get(stream)?.parts ?? [];
    const parts = snapshot.parts.map((part) => savedPart(saved, part.name) ?? copyOf(part));
    this.latest.set(stream, { ...snapshot, parts });
  }
}

function savedPart(saved: readonly SnapshotPart[], name: string): SnapshotPart | undefined {
  return saved.find((part) => part.name === name);
}

/** The caller goes on working in the memory it gave. */
function copyOf(part: SnapshotPart): SnapshotPart {
  return { name: part.name, bytes: part.bytes.slice() };
}
