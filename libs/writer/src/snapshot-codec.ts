import {
  IdempotencyWindow,
  RecentRetries,
  type CommandMemory,
  type RecentRetry,
  type WindowSegment,
} from '@tollgate/domain';
import type { Digest, SnapshotPart, StoredSnapshot } from '@tollgate/ports';
import type { StateCodec } from './aggregate';
import type { Loaded } from './loaded';

/** Of what is the same for every kind of aggregate; each kind has a version of its own besides. */
const FORMAT = 2;

interface Head {
  readonly id: string;
  readonly foldedAt: number;
  readonly lastCommandId: string;
  readonly lastAt: number;
  readonly retries: [string, RecentRetry][];
  readonly segments: Omit<WindowSegment, 'table'>[];
  readonly state: never;
}

/** Raised with what a snapshot holds: one of another version is ignored. */
export function snapshotVersion({ version }: { readonly version: number }): number {
  return FORMAT * 1_000 + version;
}

/**
 * Hashes of closed tables. They never change, and hashing a busy day's ids once more for every
 * snapshot would keep all teams waiting.
 */
const closedHashes = new WeakMap<Uint32Array, string>();

/** Copies all that can still change, so that the aggregate may go on while this is saved. */
export function encodeSnapshot<State extends CommandMemory>(
  id: string,
  loaded: Loaded<State>,
  codec: StateCodec<State>,
  digest: Digest,
): StoredSnapshot {
  const { state, link } = loaded;
  const segments = state.window.snapshot();
  const head = JSON.stringify({ ...headOf(id, loaded, segments), state: codec.encode(state) });
  const parts = segments.map((segment, index) =>
    index < segments.length - 1 ? closedPart(segment, loaded) : openPart(segment, loaded),
  );
  const hashes = parts.map(({ bytes }, index) =>
    index < segments.length - 1
      ? closedHash(segments[index]!.table, bytes, digest)
      : digest.sha256(bytes),
  );
  const version = snapshotVersion(codec);
  const unsigned = { version, revision: state.revision, link, head, parts };
  return { ...unsigned, hash: hashOf(unsigned, hashes, digest) };
}

/** Undefined for another version or aggregate, or when the content is not what was saved. */
export function decodeSnapshot<State extends CommandMemory>(
  id: string,
  stored: StoredSnapshot,
  codec: StateCodec<State>,
  digest: Digest,
): Loaded<State> | undefined {
  if (stored.version !== snapshotVersion(codec)) return undefined;
  const hashes = stored.parts.map(({ bytes }) => digest.sha256(bytes));
  if (stored.hash !== hashOf(stored, hashes, digest)) return undefined;
  const head = JSON.parse(stored.head) as Head;
  if (head.id !== id) return undefined;
  const tables = stored.parts.map(({ bytes }) => wordsOf(bytes));
  tables.slice(0, -1).forEach((table, index) => closedHashes.set(table, hashes[index]!));
  return {
    state: codec.decode(head.state, memoryOf(head, stored.revision, tables)),
    link: stored.link,
    snapshotRevision: stored.revision,
    foldedAt: head.foldedAt,
  };
}

function headOf(
  id: string,
  { state, foldedAt }: Loaded<CommandMemory>,
  segments: readonly WindowSegment[],
): Omit<Head, 'state'> {
  return {
    id,
    foldedAt,
    lastCommandId: state.lastCommandId,
    lastAt: state.lastAt,
    retries: state.retries.entries(),
    segments: segments.map(({ baseRevision, firstAt, lastAt, count }) => {
      return { baseRevision, firstAt, lastAt, count };
    }),
  };
}

/** In the order of a new memory's fields, so that the engine sees one shape of object. */
function memoryOf(head: Head, revision: number, tables: readonly Uint32Array[]): CommandMemory {
  const { lastCommandId, lastAt } = head;
  const retries = new RecentRetries();
  for (const [fingerprint, { revision, at }] of head.retries) {
    retries.remember(fingerprint, revision, at);
  }
  return { revision, lastCommandId, lastAt, window: windowOf(head, tables), retries };
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
function closedPart(
  { baseRevision, table }: WindowSegment,
  { foldedAt }: Loaded<CommandMemory>,
): SnapshotPart {
  return { name: `${foldedAt}.${baseRevision}-closed`, bytes: bytesIn(table) };
}

/** The open segment is named by its revision, and goes on changing. */
function openPart(
  { baseRevision, table }: WindowSegment,
  { foldedAt, state }: Loaded<CommandMemory>,
): SnapshotPart {
  const name = `${foldedAt}.${baseRevision}-${state.revision}`;
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
