import { ReadModelsLost } from '@tollgate/ports';
import type { Keyspace } from './keyspace';
import type { RedisClient, RedisConnection } from './redis-connection';
import { Script } from './script';

/** In a Cluster each node can lose its data alone: so many random slots leave out none of them. */
const CLUSTER_COPIES = 32;

/** Moves a checkpoint on, unless it is below the known one. Answers what was stored. */
const advanceScript = new Script(`
local stored = redis.call('GET', KEYS[1]) or '0'
local number = tonumber(stored)
if number >= tonumber(ARGV[1]) and number < tonumber(ARGV[2]) then
  redis.call('SET', KEYS[1], ARGV[2])
end
return stored
`);

/**
 * The checkpoint of one set of read models. It counts as far as its lowest copy, and never goes
 * back by itself: a lower one than known says that a store lost what was in it.
 */
export class CheckpointCopies {
  private readonly keys: readonly string[];
  private known = 0;

  constructor(
    private readonly redis: RedisConnection,
    keyspace: Keyspace,
  ) {
    const copies = redis.isCluster ? CLUSTER_COPIES : 1;
    this.keys = Array.from({ length: copies }, (_, copy) => keyspace.checkpoint(copy));
  }

  /** Takes what is stored as what is known from now on. */
  async read(): Promise<number> {
    this.known = await this.stored();
    return this.known;
  }

  /** @throws ReadModelsLost */
  async check(): Promise<void> {
    this.compare(await this.stored());
  }

  /** @throws ReadModelsLost */
  async advance(position: number): Promise<void> {
    if (position <= this.known) return;
    const stored = await this.all(async (client, key) =>
      Number(await advanceScript.run(client, [key], [String(this.known), String(position)])),
    );
    this.compare(stored);
    this.known = position;
  }

  private stored(): Promise<number> {
    return this.all(async (client, key) => Number(await client.get(key)));
  }

  private async all(ask: (client: RedisClient, key: string) => Promise<number>): Promise<number> {
    const answers = await this.redis.send((client) =>
      Promise.all(this.keys.map((key) => ask(client, key))),
    );
    return Math.min(...answers);
  }

  private compare(stored: number): void {
    if (stored < this.known) throw new ReadModelsLost(this.known, stored);
  }
}
