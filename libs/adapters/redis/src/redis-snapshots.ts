import { LRUCache } from 'lru-cache';
import type { SnapshotPart, Snapshots, StoredSnapshot } from '@tollgate/ports';
import type { RedisConnection } from './redis-connection';
import { SnapshotChunks, type ChunkedPart } from './snapshot-chunks';

interface SnapshotHead extends Omit<StoredSnapshot, 'parts'> {
  readonly parts: readonly ChunkedPart[];
}

/** Streams whose saved parts are remembered, so that they need not be copied once more. */
const STREAMS_MAX = 10_000;

/**
 * The latest snapshot of each stream. All keys of a stream are in one slot: the head, which names
 * the parts, and a hash with the chunks of all parts. Parts are written before the head that names
 * them, and removed after it: whoever loads meanwhile finds a whole snapshot, or none.
 *
 * Both methods throw RedisUnavailable while Redis is away: the writer, which knows that this is a
 * cache, says so in its log and goes on.
 */
export class RedisSnapshots implements Snapshots {
  private readonly chunks: SnapshotChunks;
  private readonly saved = new LRUCache<string, ReadonlySet<string>>({ max: STREAMS_MAX });

  constructor(private readonly redis: RedisConnection) {
    this.chunks = new SnapshotChunks(redis);
  }

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    const head = await this.headOf(stream);
    if (head === undefined) return undefined;
    const parts: SnapshotPart[] = [];
    for (const part of head.parts) {
      const bytes = await this.chunks.read(stream, part);
      if (bytes === undefined) return undefined;
      parts.push({ name: part.name, bytes });
    }
    return { ...head, parts };
  }

  async save(stream: string, snapshot: StoredSnapshot): Promise<void> {
    const parts = copied(snapshot.parts, this.saved.get(stream));
    const chunked = parts.map(({ name, bytes }) => ({ name, size: bytes.length }));
    const stored = await this.stored(stream);
    for (const { name, bytes } of parts) {
      if (!stored.some((part) => part.name === name)) await this.chunks.write(stream, name, bytes);
    }
    const kept = chunked.map((part) => stored.find(({ name }) => name === part.name) ?? part);
    const head: SnapshotHead = { ...snapshot, parts: kept };
    await this.redis.send((client) => client.set(headKey(stream), JSON.stringify(head)));
    await this.chunks.keepOnly(stream, kept);
    this.saved.set(stream, new Set(kept.map(({ name }) => name)));
  }

  /** Parts that the stored head names and that are there, each of them whole. */
  private async stored(stream: string): Promise<readonly ChunkedPart[]> {
    const [head, isThere] = await Promise.all([this.headOf(stream), this.chunks.present(stream)]);
    return head?.parts.filter(isThere) ?? [];
  }

  private async headOf(stream: string): Promise<SnapshotHead | undefined> {
    const stored = await this.redis.send((client) => client.get(headKey(stream)));
    try {
      return stored === null ? undefined : (JSON.parse(stored) as SnapshotHead);
    } catch {
      return undefined;
    }
  }
}

/** What was saved before never changes; anything else might while it is being written. */
function copied(
  parts: readonly SnapshotPart[],
  saved: ReadonlySet<string> | undefined,
): readonly SnapshotPart[] {
  return parts.map(({ name, bytes }) => ({
    name,
    bytes: saved?.has(name) === true ? bytes : Buffer.from(bytes),
  }));
}

function headKey(stream: string): string {
  return `tollgate:snapshot:{${stream}}:head`;
}
