import type { Cluster, Redis } from 'ioredis';
import type { Served, ServedReadModels } from '@tollgate/ports';
import { Keyspace } from './keyspace';
import type { RedisClient, RedisConnection } from './redis-connection';

const SERVING_KEY = 'tollgate:serving';
/** Keys that one step of dropping looks at: Redis serves others between the steps. */
const KEYS_PER_STEP = 1_000;

/** Undefined when none is served, or nobody can tell which. */
export async function readServed(client: RedisClient): Promise<Served | undefined> {
  const stored = await client.get(SERVING_KEY);
  return stored === null ? undefined : (JSON.parse(stored) as Served);
}

/**
 * Which set of read models is shown to readers. A new one is built beside it, and then served in
 * its place. Every method throws RedisUnavailable while Redis is away.
 */
export class ServingNamespace implements ServedReadModels {
  constructor(private readonly redis: RedisConnection) {}

  /** Undefined when none is served: Redis is new, or lost what it held. */
  serving(): Promise<Served | undefined> {
    return this.redis.send(readServed);
  }

  /** Readers follow with their next call. */
  async serve(namespace: string, version: number): Promise<void> {
    const served: Served = { namespace: new Keyspace(namespace).namespace, version };
    await this.redis.send((client) => client.set(SERVING_KEY, JSON.stringify(served)));
  }

  /**
   * Forgets a set of read models. Give readers a second to follow a switch before that.
   * @throws Error when it is the one that is served.
   */
  async drop(namespace: string): Promise<void> {
    const { pattern } = new Keyspace(namespace);
    const served = await this.serving();
    if (served?.namespace === namespace) throw new Error(`${namespace} is being served`);
    await this.redis.send(async (client) => {
      for (const node of nodesOf(client)) await dropOn(node, pattern);
    });
  }
}

function nodesOf(client: RedisClient): Redis[] {
  return client.isCluster ? (client as Cluster).nodes('master') : [client as Redis];
}

/** Each key is unlinked by itself: those of a Cluster's node lie in different slots. */
async function dropOn(node: Redis, pattern: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_STEP);
    await Promise.all(keys.map((key) => node.unlink(key)));
    cursor = next;
  } while (cursor !== '0');
}
