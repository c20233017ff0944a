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
  readonly foldedAt: number;
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

/**
 * Hashes of closed tables. They never change, and hashing a busy day's ids once more for every
 * snapshot would keep all teams waiting.
 */
const closedHashes = new WeakMap<Uint32Array, string>();

/** Copies all that can still change, so that the team may go on while the snapshot is saved. */
export function encodeSnapshot(team: LoadedTeam, digest: Digest): StoredSnapshot {
  const { state, link } = team;
  const segments = state.window.snapshot();
  const head = JSON.stringify(headOf(team, segments));
  const parts = segments.map((segment, index) =>
    index < segments.length - 1 ? closedPart(segment, team) : openPart(segment, team),
  );
  const hashes = parts.map(({ bytes }, index) =>
    index < segments.length - 1
      ? closedHash(segments[index]!.table, bytes, digest)
      : digest.sha256(bytes),
  );
  const unsigned = { version: SNAPSHOT_VERSION, revision: state.revision, link, head, parts };
  return { ...unsigned, hash: hashOf(unsigned, hashes, digest) };
}

/** Undefined for another version or team, or when the content is not what was saved. */
export function decodeSnapshot(
  teamId: string,
  stored: StoredSnapshot,
  digest: Digest,
): LoadedTeam | undefined {
  if (stored.version !== SNAPSHOT_VERSION) return undefined;
  const hashes = stored.parts.map(({ bytes }) => digest.sha256(bytes));
  if (stored.hash !== hashOf(stored, hashes, digest)) return undefined;
  const head = JSON.parse(stored.head) as Head;
  if (head.teamId !== teamId) return undefined;
  const tables = stored.parts.map(({ bytes }) => wordsOf(bytes));
  tables.slice(0, -1).forEach((table, index) => closedHashes.set(table, hashes[index]!));
  return {
    state: stateOf(head, stored.revision, tables),
    link: stored.link,
    snapshotRevision: stored.revision,
    foldedAt: head.foldedAt,
  };
}

function headOf({ state, foldedAt }: LoadedTeam, segments: readonly WindowSegment[]): Head {
  return {
    foldedAt,
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

function stateOf(head: Head, revision: number, tables: readonly Uint32Array[]): TeamState {
  const accounts = new Map(head.accounts);
  const retries = new RecentRetries();
  for (const [fingerprint, { revision, at }] of head.retries) {
    retries.remember(fingerprint, revision, at);
  }
  // In the order of a new team's fields, so that the engine sees one shape of object.
  return {
    revision,
    teamId: head.teamId,
    balance: head.balance,
    held: head.held,
    accounts,
    keys: new Map(head.keys),
    accountIdByExternalId: externalIdsOf(accounts),
    lastCommandId: head.lastCommandId,
    lastAt: head.lastAt,
    refunded: new Map(head.refunded),
    window: windowOf(head, tables),
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

function windowOf(head: Head, tables: readonly Uint32Array[]): IdempotencyWindow {
  return IdempotencyWindow.restore(
    head.segments.map((segment, index) => ({ ...segment, table: tables[index]! })),
  );
}

/**
 * A copy: stored bytes may lie anywhere, words need an aligned start. `slice()` would not do, for
 * a Buffer's is no copy.
 */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}

/**
 * A closed segment never changes and keeps its name. The name also says which fold made it, so
 * that one which went bad in the store is not taken for saved after the log was folded anew.
 */
function closedPart({ baseRevision, table }: WindowSegment, team: LoadedTeam): SnapshotPart {
  return { name: `${team.foldedAt}.${baseRevision}-closed`, bytes: bytesIn(table) };
}

/** The open segment is named by its revision, and goes on changing. */
function openPart({ baseRevision, table }: WindowSegment, team: LoadedTeam): SnapshotPart {
  const name = `${team.foldedAt}.${baseRevision}-${team.state.revision}`;
  return { name, bytes: bytesIn(table).slice() };
}

function bytesIn({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function closedHash(table: Uint32Array, bytes: Uint8Array, digest: Digest): string {
  const hash = closedHashes.get(table) ?? digest.sha256(bytes);
  closedHashes.set(table, hash);
  return hash;
}

function hashOf(
  { version, revision, link, head, parts }: Omit<StoredSnapshot, 'hash'>,
  partHashes: readonly string[],
  digest: Digest,
): string {
  const sums = parts.map(({ name }, index) => `${name} ${partHashes[index]!}`);
  return digest.sha256([version, revision, link, ...sums, head].join('\n'));
}
