import type { Cluster, Redis } from 'ioredis';
import type { Log } from '@tollgate/ports';
import { OutageLog } from './outage-log';
import { RedisUnavailable } from './redis-unavailable';
import { Subscriber } from './subscriber';

export type RedisClient = Redis | Cluster;

export interface RedisConnectionOptions {
  readonly log: Log;
  readonly commandTimeoutMs: number;
}

/** A client of one Redis or Cluster, with a second connection for what is published there. */
export class RedisConnection {
  readonly client: RedisClient;
  readonly log: Log;
  readonly commandTimeoutMs: number;
  private readonly listening: Subscriber;
  private connecting: Promise<unknown> | undefined;

  constructor(create: () => RedisClient, { log, commandTimeoutMs }: RedisConnectionOptions) {
    this.log = log;
    this.commandTimeoutMs = commandTimeoutMs;
    this.client = create();
    new OutageLog(this.client, log);
    this.listening = new Subscriber(create, commandTimeoutMs);
  }

  get isCluster(): boolean {
    return this.client.isCluster;
  }

  /** What is published there; it has a connection of its own from its first subscription on. */
  get subscriber(): Subscriber {
    return this.listening;
  }

  /**
   * Sends commands, and waits for the connection only when there never was one.
   * @throws RedisUnavailable at once while Redis is away, else after the command timeout.
   */
  async send<Answer>(commands: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    try {
      if (this.client.status !== 'ready') await this.firstConnection();
      return await commands(this.client);
    } catch (fault) {
      throw new RedisUnavailable(fault);
    }
  }

  close(): void {
    this.client.disconnect();
    this.listening.close();
  }

  private firstConnection(): Promise<unknown> {
    this.connecting ??= connected(this.client, this.commandTimeoutMs);
    return this.connecting.then(() => {
      if (this.client.status !== 'ready') throw new Error(`connection is ${this.client.status}`);
    });
  }
}

/** Resolves when connected; the client goes on trying after a first failure. */
async function connected(client: RedisClient, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((_, reject) => {
    timer = setTimeout(() => reject(new Error('connecting took too long')), timeoutMs);
  });
  await Promise.race([client.connect(), timeout])
    // Whether it is connected by now is asked at each use, so that a later success counts.
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
}
