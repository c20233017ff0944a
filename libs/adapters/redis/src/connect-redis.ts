import { Cluster, Redis, type CommonRedisOptions } from 'ioredis';
import type { Log } from '@tollgate/ports';
import { RedisConnection, type RedisClients } from './redis-connection';
import { parseAddress, type RedisAddress, type RedisEndpoint } from './redis-address';

export interface ConnectRedisOptions extends RedisAddress {
  readonly log: Log;
  /** How long a command may take, and a connection to be made, in ms. @default 1000 */
  readonly commandTimeoutMs?: number;
}

const COMMAND_TIMEOUT_MS = 1_000;
const RECONNECT_MS_MIN = 25;
const RECONNECT_MS_MAX = 1_000;
const KEEP_ALIVE_MS = 10_000;
/** A Cluster client tries again after a pause when a node is away: briefly, then it fails. */
const REDIRECTIONS_MAX = 4;
/** Where slots are is asked so often, even when no node says that they moved. */
const SLOTS_REFRESH_MS = 5_000;

/**
 * Connects when first used, and again whenever the connection is lost. Nothing waits for an
 * outage to end: see {@link RedisConnection.send}. Several `nodes` make it a Cluster client.
 */
export function connectRedis(options: ConnectRedisOptions): RedisConnection {
  const { log, commandTimeoutMs = COMMAND_TIMEOUT_MS } = options;
  const { endpoints, access } = parseAddress(options);
  const connection: CommonRedisOptions = {
    ...access,
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 1,
    keepAlive: KEEP_ALIVE_MS,
  };
  const clients: RedisClients = {
    commands: () =>
      options.nodes === undefined
        ? new Redis({ ...single, ...connection, ...endpoints[0]! })
        : new Cluster([...endpoints], { ...cluster, redisOptions: connection }),
    subscriber: () => createSubscriber(connection, endpoints),
  };
  return new RedisConnection(clients, { log, commandTimeoutMs });
}

/** Each node of a Cluster tells what is published on any: another one is tried after each loss. */
function createSubscriber(
  connection: CommonRedisOptions,
  endpoints: readonly RedisEndpoint[],
): Redis {
  const retryStrategy = (attempt: number): number => {
    Object.assign(client.options, endpoints[attempt % endpoints.length]);
    return reconnectDelay(attempt);
  };
  // What was subscribed to is known to the Subscriber, which also hears when that fails.
  const own = { autoResubscribe: false, retryStrategy };
  const client = new Redis({ ...single, ...connection, ...endpoints[0]!, ...own });
  return client;
}

/** Commands that a client is taught break in its pipelines; the rate limiter teaches it one. */
const TAUGHT_COMMANDS = ['rlflxIncr'];

const common = {
  lazyConnect: true,
  enableOfflineQueue: false,
  enableAutoPipelining: true,
  autoPipeliningIgnoredCommands: TAUGHT_COMMANDS,
};

const single = { ...common, retryStrategy: reconnectDelay };

const cluster = {
  ...common,
  clusterRetryStrategy: reconnectDelay,
  clusterNodeRetryStrategy: reconnectDelay,
  maxRedirections: REDIRECTIONS_MAX,
  slotsRefreshInterval: SLOTS_REFRESH_MS,
};

/** Pauses before the first, second ... attempt to connect again, in ms. */
function reconnectDelay(attempt: number): number {
  return Math.min(RECONNECT_MS_MIN * 2 ** Math.min(attempt, 10), RECONNECT_MS_MAX);
}
