/** A state as of a revision. A cache: losing one costs time, never truth. */
export interface StoredSnapshot {
  /** Format of `head` and `parts`; another version is ignored. */
  readonly version: number;
  readonly revision: number;
  /** The stream's hash-chain link at that revision. */
  readonly link: string;
  /** SHA-256 of version, revision, link, head and parts. */
  readonly hash: string;
  readonly head: string;
  /** Bulky parts. A part whose name was saved before is not written again. */
  readonly parts: readonly SnapshotPart[];
}

export interface SnapshotPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Snapshots {
  /** Undefined when there is none, or none that can be read. */
  load(stream: string): Promise<StoredSnapshot | undefined>;
  save(stream: string, snapshot: StoredSnapshot): Promise<void>;
}
