import type { CommandMemory } from '@tollgate/domain';

/** An aggregate in memory: its state, and the hash-chain link that the next append follows. */
export interface Loaded<State extends CommandMemory> {
  readonly state: State;
  link: string;
  /** Revision of the last snapshot, or -1. */
  snapshotRevision: number;
  /** Revision at the end of the last fold that began without a snapshot. */
  foldedAt: number;
}
