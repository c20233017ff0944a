import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import { saysLost, type Claim } from './ownership';

const RETRY_MS = 200;

interface Decided {
  readonly lastOffset: string;
  readonly onCommitted: () => void;
}

/**
 * Commits how far a partition was decided, and then lets the answers go: a refusal is answered only
 * once nobody will be handed its command again. One commit is under way at a time; it covers all
 * that was decided while the one before was.
 */
export class OffsetCommits {
  private decided: Decided[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly claim: Claim,
    private readonly payload: EachBatchPayload,
  ) {}

  add(lastOffset: string, onCommitted: () => void): void {
    this.decided.push({ lastOffset, onCommitted });
    this.running ??= this.run();
  }

  async drained(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.decided.length > 0) {
      const { decided } = this;
      this.decided = [];
      const isCommitted = await this.commit(decided[decided.length - 1]!.lastOffset);
      if (isCommitted) for (const { onCommitted } of decided) onCommitted();
    }
    this.running = undefined;
  }

  /** False when the partition is another's: then it answers, and this consumer is silent. */
  private async commit(lastOffset: string): Promise<boolean> {
    const { topic, partition } = this.payload.batch;
    const offset = String(BigInt(lastOffset) + 1n);
    const offsets = { topics: [{ topic, partitions: [{ partition, offset }] }] };
    while (this.claim.isHeld) {
      try {
        // Straight to the broker, with the generation of now: one that is over is refused there.
        await this.payload.commitOffsetsIfNecessary(offsets);
        return true;
      } catch (fault) {
        if (saysLost(fault)) return false;
      }
      await delay(RETRY_MS);
    }
    return false;
  }
}
