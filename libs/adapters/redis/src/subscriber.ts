import type { Redis } from 'ioredis';

export interface ChannelListener {
  readonly onMessage: (message: string) => void;
  /** On every connection, the first included: what was published before may have been missed. */
  readonly onConnected: () => void;
}

/** It is asked so often whether it still is a connection. */
const PING_MS = 5_000;

/**
 * The one connection of a process on which Redis tells what is published. It is made at the first
 * subscription, and made again whenever it is lost.
 */
export class Subscriber {
  private readonly listeners = new Map<string, Set<ChannelListener>>();
  private client: Redis | undefined;
  private pings: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly create: () => Redis) {}

  /**
   * Listens to a channel until the function that it answers is called. Messages may be missed
   * before the first `onConnected`, and while there is no connection.
   */
  listen(channel: string, listener: ChannelListener): () => void {
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners.add(listener));
    void this.subscribe([channel]);
    return () => this.unlisten(channel, listener);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.pings);
    this.client?.disconnect();
  }

  private unlisten(channel: string, listener: ChannelListener): void {
    const listeners = this.listeners.get(channel);
    if (listeners?.delete(listener) !== true || listeners.size > 0) return;
    this.listeners.delete(channel);
    void this.client?.unsubscribe(channel).catch(() => undefined);
  }

  /** A failure here is followed by a new connection, which subscribes to everything again. */
  private async subscribe(channels: readonly string[]): Promise<void> {
    if (this.isClosed || channels.length === 0) return;
    this.client ??= this.connect();
    if (this.client.status !== 'ready') return;
    try {
      await this.client.subscribe(...channels);
    } catch {
      return;
    }
    for (const channel of channels) {
      for (const { onConnected } of this.listeners.get(channel) ?? []) onConnected();
    }
  }

  private connect(): Redis {
    const client = this.create();
    // Whoever sends commands logs the outage; here it would only be said twice.
    client.on('error', () => undefined);
    client.on('ready', () => void this.subscribe([...this.listeners.keys()]));
    client.on('message', (channel: string, message: string) => {
      for (const { onMessage } of this.listeners.get(channel) ?? []) onMessage(message);
    });
    client.connect().catch(() => undefined);
    this.pings = setInterval(() => void ping(client), PING_MS).unref();
    return client;
  }
}

async function ping(client: Redis): Promise<void> {
  if (client.status !== 'ready') return;
  try {
    await client.ping();
  } catch {
    client.disconnect(true);
  }
}
