import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';

const INTERVAL_MS = 2_000;
const SUSPECT_INTERVAL_MS = 250;

/** Knows whether Kafka can be reached, by asking it for topics every now and then. */
export class KafkaHealth {
  private readonly admin: Admin;
  private isReachable = false;
  private readonly stopped = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(
    kafka: Kafka,
    private readonly topics: readonly string[],
  ) {
    this.admin = kafka.admin();
  }

  /** Why commands can't be sent now; undefined when they can. */
  get problem(): string | undefined {
    return this.isReachable ? undefined : 'Kafka can not be reached';
  }

  /** Resolves after the first look. @throws KafkaJSError Kafka is away. */
  async start(): Promise<void> {
    await this.admin.connect();
    await this.look();
    if (!this.isReachable) throw new Error('Kafka can not be reached');
    this.looking = this.keepLooking();
  }

  /** After a fault: away until a look says otherwise. */
  suspect(): void {
    this.isReachable = false;
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.looking;
    await this.admin.disconnect();
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const pause = this.isReachable ? INTERVAL_MS : SUSPECT_INTERVAL_MS;
      await delay(pause, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.look();
    }
  }

  private async look(): Promise<void> {
    try {
      await this.admin.fetchTopicMetadata({ topics: [...this.topics] });
      this.isReachable = true;
    } catch {
      this.isReachable = false;
    }
  }
}
