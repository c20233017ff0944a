import type { RedisConnection } from './redis-connection';

export interface ChunkedPart {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** In bytes: no single command keeps Redis, or who waits behind it, for long. */
const CHUNK_SIZE = 512 * 1024;
/** So many are on their way at a time. */
const CHUNKS_AT_ONCE = 8;

/** The parts of snapshots, in chunks that are fields of one hash for each stream. */
export class SnapshotChunks {
  constructor(private readonly redis: RedisConnection) {}

  async write(stream: string, name: string, bytes: Uint8Array): Promise<void> {
    await inTurns(chunksOf({ name, size: bytes.length }), async (field, index) => {
      const chunk = viewOf(bytes.subarray(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE));
      await this.redis.send((client) => client.hset(chunksKey(stream), field, chunk));
    });
  }

  /** Undefined when a chunk is missing. */
  async read(stream: string, part: ChunkedPart): Promise<Uint8Array | undefined> {
    const chunks = await inTurns(chunksOf(part), (field) =>
      this.redis.send((client) => client.hgetBuffer(chunksKey(stream), field)),
    );
    const bytes = Buffer.concat(chunks.filter((chunk) => chunk !== null));
    return bytes.length === part.size ? bytes : undefined;
  }

  /** Answers what tells whether all chunks of a part are there. */
  async present(stream: string): Promise<(part: ChunkedPart) => boolean> {
    const fields = new Set(await this.fields(stream));
    return (part) => chunksOf(part).every((field) => fields.has(field));
  }

  /** Removes all other parts, also those of a snapshot that was never saved to its end. */
  async keepOnly(stream: string, parts: readonly ChunkedPart[]): Promise<void> {
    const kept = new Set(parts.flatMap(chunksOf));
    const others = (await this.fields(stream)).filter((field) => !kept.has(field));
    await inTurns(others, (field) =>
      this.redis.send((client) => client.hdel(chunksKey(stream), field)),
    );
  }

  private fields(stream: string): Promise<string[]> {
    return this.redis.send((client) => client.hkeys(chunksKey(stream)));
  }
}

function chunksKey(stream: string): string {
  return `tollgate:snapshot:{${stream}}:parts`;
}

/** Names of the chunks of a part; an empty one has none. */
function chunksOf({ name, size }: ChunkedPart): string[] {
  const count = Math.ceil(size / CHUNK_SIZE);
  return Array.from({ length: count }, (_, index) => `${name}:${index}`);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

async function inTurns<Answer>(
  fields: readonly string[],
  task: (field: string, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < fields.length; from += CHUNKS_AT_ONCE) {
    const turn = fields.slice(from, from + CHUNKS_AT_ONCE);
    answers.push(...(await Promise.all(turn.map((field, at) => task(field, from + at)))));
  }
  return answers;
}
