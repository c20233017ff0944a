import type { RedisClient } from './redis-connection';

export type OnMessage = (message: string) => void;
export interface ChannelListener {
  readonly onMessage: OnMessage;
  /** What was published before may have been missed: on every connection, the first included. */
  readonly onConnected: () => void;
}

/**
 * The one connection of a process on which Redis tells what is published. It is made at the first
 * subscription, and made again whenever it is lost.
 */
export class Subscriber {
  private readonly listeners = new Map<string, Set<ChannelListener>>();
  private client: RedisClient | undefined;
  private isClosed = false;

  constructor(
    private readonly create: () => RedisClient,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Listens to a channel until the function that it answers is called. Messages may be missed
   * before the first `onConnected`, and while there is no connection.
   */
  listen(channel: string, listener: ChannelListener): () => void {
    const known = this.listeners.get(channel);
    const listeners = known ?? new Set();
    this.listeners.set(channel, listeners.add(listener));
    void this.subscribe([channel]);
    return () => this.unlisten(channel, listener);
  }

  close(): void {
    this.isClosed = true;
    this.client?.disconnect();
  }

  private unlisten(channel: string, listener: ChannelListener): void {
    const listeners = this.listeners.get(channel);
    if (listeners?.delete(listener) !== true || listeners.size > 0) return;
    this.listeners.delete(channel);
    void this.client?.unsubscribe(channel).catch(() => undefined);
  }

  private connection(): RedisClient {
    if (this.client !== undefined) return this.client;
    const client = this.create();
    this.client = client;
    // Whoever sends commands logs the outage; here it would only be said twice.
    client.on('error', () => undefined);
    client.on('ready', () => void this.subscribe([...this.listeners.keys()]));
    client.on('+subscriber', () => void this.subscribe([...this.listeners.keys()]));
    client.on('message', (channel: string, message: string) => {
      for (const { onMessage } of this.listeners.get(channel) ?? []) onMessage(message);
    });
    client.connect().catch(() => undefined);
    return client;
  }

  /** A failure here is followed by a new connection, which subscribes to everything again. */
  private async subscribe(channels: readonly string[]): Promise<void> {
    if (this.isClosed || channels.length === 0) return;
    const client = this.connection();
    if (client.status !== 'ready') return;
    try {
      await client.subscribe(...channels);
    } catch {
      return;
    }
    for (const channel of channels) {
      for (const { onConnected } of this.listeners.get(channel) ?? []) onConnected();
    }
  }
}
