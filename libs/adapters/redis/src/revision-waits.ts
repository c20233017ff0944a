import { RevisionWaiters } from '@tollgate/adapter-runtime';
import type { Subscriber } from './subscriber';

interface Wait {
  readonly stream: string;
  readonly revision: number;
}

/**
 * Readers that wait until a stream is shown at a revision. They are told by what is published;
 * that may be missed, so each also looks once when listening begins, whenever it begins anew, and
 * before it gives up.
 */
export class RevisionWaits {
  private readonly waiters = new RevisionWaiters();
  private readonly waiting = new Set<Wait>();
  private channel: string | undefined;
  private unlisten: (() => void) | undefined;
  private isConnected = false;

  /** @param look answers the revision that a stream is shown at. */
  constructor(
    private readonly subscriber: Subscriber,
    private readonly look: (stream: string) => Promise<number>,
  ) {}

  /** Where it is told from now on what is shown; whoever waits goes on waiting. */
  follow(channel: string): void {
    if (channel === this.channel) return;
    this.stopListening();
    this.channel = channel;
    if (this.waiting.size > 0) this.listen(channel);
  }

  /** Resolves to false after `timeoutMs`. Fails when it can't look at first, or in the end. */
  async wait(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    if ((await this.look(stream)) >= revision) return true;
    if (timeoutMs <= 0) return false;
    const wait = { stream, revision };
    this.waiting.add(wait);
    try {
      const shown = this.waiters.wait(stream, revision, timeoutMs);
      if (this.channel !== undefined) this.listen(this.channel);
      if (this.isConnected) this.lookFor(wait);
      return (await shown) || (await this.look(stream)) >= revision;
    } finally {
      this.waiting.delete(wait);
    }
  }

  /** Lets everybody go who waits. */
  close(): void {
    this.stopListening();
    this.waiters.close();
  }

  private stopListening(): void {
    this.unlisten?.();
    this.unlisten = undefined;
    this.isConnected = false;
  }

  private listen(channel: string): void {
    this.unlisten ??= this.subscriber.listen(channel, {
      onMessage: (message) => this.published(message),
      onConnected: () => {
        this.isConnected = true;
        this.waiting.forEach((wait) => this.lookFor(wait));
      },
    });
  }

  private published(message: string): void {
    if (this.waiting.size === 0) return;
    for (const line of message.split('\n')) {
      const end = line.lastIndexOf(' ');
      this.waiters.shown(line.slice(0, end), Number(line.slice(end + 1)));
    }
  }

  private lookFor({ stream }: Wait): void {
    const looked = this.look(stream).then((revision) => this.waiters.shown(stream, revision));
    // Whoever waits will look again in the end, and learn of a fault then.
    looked.catch(() => undefined);
  }
}
