import type { TeamState } from '@tollgate/domain';

/** A team in memory: its state, and the hash-chain link that the next append follows. */
export interface LoadedTeam {
  readonly state: TeamState;
  link: string;
  /** Revision of the last snapshot, or -1. */
  snapshotRevision: number;
  /** Revision at the end of the last fold that began without a snapshot. */
  foldedAt: number;
}

const ACCOUNT_BYTES = 250;
const EXTERNAL_ID_BYTES = 150;
const KEY_BYTES = 180;
const REFUND_BYTES = 50;

/** An estimate of the memory that a team holds, in bytes. */
export function bytesOf({ state }: LoadedTeam): number {
  return (
    1_000 +
    state.window.bytes +
    state.accounts.size * ACCOUNT_BYTES +
    state.accountIdByExternalId.size * EXTERNAL_ID_BYTES +
    state.keys.size * KEY_BYTES +
    state.refunded.size * REFUND_BYTES
  );
}
