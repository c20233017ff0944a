import type { Cluster, Redis } from 'ioredis';
import type { Log } from '@tollgate/ports';
import { OutageLog } from './outage-log';
import { RedisUnavailable } from './redis-unavailable';
import { Subscriber } from './subscriber';

export type RedisClient = Redis | Cluster;

export interface RedisClients {
  readonly commands: () => RedisClient;
  readonly subscriber: () => Redis;
}

export interface RedisConnectionOptions {
  readonly log: Log;
  readonly commandTimeoutMs: number;
}

/**
 * A connection on which nothing was answered for so many command timeouts is given up for a new
 * one: it may lead to where nobody is any more. (The client's own `socketTimeout` can't be used:
 * its timer outlives its connection and ends the next one.)
 */
const SILENT_TIMEOUTS_MAX = 3;

/** A client of one Redis or Cluster, with a second connection for what is published there. */
export class RedisConnection {
  readonly client: RedisClient;
  /** What is published; it has a connection of its own from its first subscription on. */
  readonly subscriber: Subscriber;
  readonly log: Log;
  readonly commandTimeoutMs: number;
  private connecting: Promise<unknown> | undefined;
  private readonly outages: OutageLog;
  private answeredAt = 0;

  constructor(clients: RedisClients, { log, commandTimeoutMs }: RedisConnectionOptions) {
    this.log = log;
    this.commandTimeoutMs = commandTimeoutMs;
    this.client = clients.commands();
    this.outages = new OutageLog(log);
    this.client.on('error', (fault: Error) => this.outages.failed(fault));
    this.client.on('ready', () => this.ready());
    this.subscriber = new Subscriber(clients.subscriber);
  }

  get isCluster(): boolean {
    return this.client.isCluster;
  }

  /**
   * Sends commands, and waits for the connection only when there never was one.
   * @throws RedisUnavailable at once while Redis is away, else after the command timeout.
   */
  async send<Answer>(commands: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    try {
      if (this.client.status !== 'ready') await this.firstConnection();
      const answer = await commands(this.client);
      this.answeredAt = performance.now();
      return answer;
    } catch (fault) {
      if (isTimeout(fault)) this.timedOut();
      throw new RedisUnavailable(fault);
    }
  }

  close(): void {
    this.client.disconnect();
    this.subscriber.close();
  }

  private timedOut(): void {
    const silentMs = performance.now() - this.answeredAt;
    if (silentMs < SILENT_TIMEOUTS_MAX * this.commandTimeoutMs) return;
    if (this.client.status !== 'ready') return;
    this.outages.failed(new Error(`nothing was answered for ${Math.round(silentMs)} ms`));
    this.client.disconnect(true);
  }

  private ready(): void {
    this.answeredAt = performance.now();
    this.outages.ready();
  }

  private firstConnection(): Promise<unknown> {
    this.connecting ??= connected(this.client, this.commandTimeoutMs);
    return this.connecting.then(() => {
      if (this.client.status !== 'ready') throw new Error(`connection is ${this.client.status}`);
    });
  }
}

function isTimeout(fault: unknown): boolean {
  return fault instanceof Error && fault.message === 'Command timed out';
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
