import {
  IdempotencyWindow,
  RecentRetries,
  type Account,
  type ApiKey,
  type RecentRetry,
  type TeamState,
  type WindowSegment,
} from '@tollgate/domain';
import type { Digest, SnapshotPart, StoredSnapshot } from '@tollgate/ports';
import type { LoadedTeam } from './loaded-team';

/** Raise it whenever the state or its encoding changes: older snapshots are then ignored. */
export const SNAPSHOT_VERSION = 1;

interface Head {
  readonly teamId: string;
  readonly balance: number;
  readonly held: number;
  readonly lastCommandId: string;
  readonly lastAt: number;
  readonly accounts: [string, Account][];
  readonly keys: [string, ApiKey][];
  readonly refunded: [number, number][];
  readonly retries: [string, RecentRetry][];
  readonly segments: Omit<WindowSegment, 'table'>[];
}

/** Copies all that can still change, so that the team may go on while the snapshot is saved. */
export function encodeSnapshot(team: LoadedTeam, digest: Digest): StoredSnapshot {
  const { state, link } = team;
  const segments = state.window.snapshot();
  const head = JSON.stringify(headOf(state, segments));
  const parts = segments.map((segment, index) =>
    partOf(segment, index < segments.length - 1 ? undefined : state.revision),
  );
  const unsigned = { version: SNAPSHOT_VERSION, revision: state.revision, link, head, parts };
  return { ...unsigned, hash: hashOf(unsigned, digest) };
}

/** Undefined for another version, or when the content is not what was saved. */
export function decodeSnapshot(stored: StoredSnapshot, digest: Digest): LoadedTeam | undefined {
  if (stored.version !== SNAPSHOT_VERSION) return undefined;
  if (stored.hash !== hashOf(stored, digest)) return undefined;
  const head = JSON.parse(stored.head) as Head;
  return {
    state: stateOf(head, stored),
    link: stored.link,
    snapshotRevision: stored.revision,
  };
}

function headOf(state: TeamState, segments: readonly WindowSegment[]): Head {
  return {
    teamId: state.teamId,
    balance: state.balance,
    held: state.held,
    lastCommandId: state.lastCommandId,
    lastAt: state.lastAt,
    accounts: [...state.accounts],
    keys: [...state.keys],
    refunded: [...state.refunded],
    retries: state.retries.entries(),
    segments: segments.map(({ baseRevision, firstAt, lastAt, count }) => {
      return { baseRevision, firstAt, lastAt, count };
    }),
  };
}

function stateOf(head: Head, stored: StoredSnapshot): TeamState {
  const accounts = new Map(head.accounts);
  const retries = new RecentRetries();
  for (const [fingerprint, { revision, at }] of head.retries) {
    retries.remember(fingerprint, revision, at);
  }
  return {
    revision: stored.revision,
    teamId: head.teamId,
    balance: head.balance,
    held: head.held,
    lastCommandId: head.lastCommandId,
    lastAt: head.lastAt,
    accounts,
    keys: new Map(head.keys),
    accountIdByExternalId: externalIdsOf(accounts),
    refunded: new Map(head.refunded),
    window: windowOf(head, stored.parts),
    retries,
  };
}

function externalIdsOf(accounts: ReadonlyMap<string, Account>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [accountId, { externalId }] of accounts) {
    if (externalId !== undefined) ids.set(externalId, accountId);
  }
  return ids;
}

function windowOf(head: Head, parts: readonly SnapshotPart[]): IdempotencyWindow {
  return IdempotencyWindow.restore(
    head.segments.map((segment, index) => ({
      ...segment,
      table: wordsOf(parts[index]!.bytes),
    })),
  );
}

/** A copy: stored bytes may lie anywhere, words need an aligned start. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}

/** A closed segment never changes and keeps its name; the open one is named by its revision. */
function partOf(segment: WindowSegment, openAt: number | undefined): SnapshotPart {
  const { buffer, byteOffset, byteLength } = segment.table;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const name = `${segment.baseRevision}-${openAt ?? 'closed'}`;
  return { name, bytes: openAt === undefined ? bytes : bytes.slice() };
}

function hashOf(snapshot: Omit<StoredSnapshot, 'hash'>, digest: Digest): string {
  const { version, revision, link, head, parts } = snapshot;
  const sums = parts.map((part) => `${part.name} ${digest.sha256(part.bytes)}`);
  return digest.sha256([version, revision, link, ...sums, head].join('\n'));
}
