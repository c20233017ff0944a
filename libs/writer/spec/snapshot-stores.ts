import type { SnapshotPart, Snapshots, StoredSnapshot } from '@tollgate/ports';

type Change = (snapshot: StoredSnapshot) => StoredSnapshot | undefined;

/** Snapshots over other ones that answer what a test makes of them, and count what is saved. */
export class ChangedSnapshots implements Snapshots {
  readonly saved: StoredSnapshot[] = [];
  loaded = 0;

  constructor(
    private readonly snapshots: Snapshots,
    public change: Change = (snapshot) => snapshot,
  ) {}

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    this.loaded += 1;
    const stored = await this.snapshots.load(stream);
    return stored === undefined ? undefined : this.change(stored);
  }

  async save(stream: string, snapshot: StoredSnapshot): Promise<void> {
    this.saved.push(snapshot);
    await this.snapshots.save(stream, snapshot);
  }
}

/** As stores do that read from a socket or a memory map: a view into a bigger piece of memory. */
export function asPooledBuffers(snapshot: StoredSnapshot): StoredSnapshot {
  return { ...snapshot, parts: snapshot.parts.map(pooled) };
}

function pooled({ name, bytes }: SnapshotPart): SnapshotPart {
  const pool = Buffer.alloc(bytes.length + 1_003, 0xee);
  pool.set(bytes, 501);
  return { name, bytes: pool.subarray(501, 501 + bytes.length) };
}
