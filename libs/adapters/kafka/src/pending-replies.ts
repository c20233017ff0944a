import type { CommandReply } from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';

type Heard = CommandReply<AggregateKind> | 'expired';

interface Pending {
  readonly expiresAt: number;
  readonly settle: (reply: Heard) => void;
}

const SWEEP_MS = 50;

/** Who waits for which answer, and until when. All wait equally long: the oldest is the first. */
export class PendingReplies {
  private readonly pending = new Map<string, Pending>();
  private readonly sweeping: NodeJS.Timeout;

  constructor(private readonly timeoutMs: number) {
    this.sweeping = setInterval(() => this.sweep(Date.now()), SWEEP_MS);
    this.sweeping.unref();
  }

  get size(): number {
    return this.pending.size;
  }

  /** Resolves with the answer, or when nobody waits for it any longer. */
  open(correlationId: string, now: number): Promise<Heard> {
    return new Promise((settle) => {
      this.pending.set(correlationId, { expiresAt: now + this.timeoutMs, settle });
    });
  }

  /** An answer that nobody waits for is dropped: its caller was told that it is not known. */
  settle(correlationId: string, reply: Heard): void {
    const pending = this.pending.get(correlationId);
    if (pending === undefined) return;
    this.pending.delete(correlationId);
    pending.settle(reply);
  }

  close(): void {
    clearInterval(this.sweeping);
    this.sweep(Infinity);
  }

  private sweep(now: number): void {
    for (const [correlationId, { expiresAt }] of this.pending) {
      if (expiresAt > now) return;
      this.settle(correlationId, 'expired');
    }
  }
}
