import {
  CarrierUnavailable,
  type Carrier,
  type CarrierMessage,
  type CarrierUpdate,
} from '@tollgate/ports';
import { outcomeFor, type SandboxOutcome } from './outcomes';

export interface SandboxOptions {
  /** Wait before a message is sent. @default 20 */
  readonly sentMs?: number;
  /** Wait between sent and delivered or undelivered. @default 50 */
  readonly endMs?: number;
  readonly sleep?: (delayMs: number) => Promise<void>;
}

/** Refusals are remembered for so many messages; the oldest is forgotten first. */
const REMEMBERED_MAX = 10_000;

/**
 * A carrier that sends nothing. What becomes of a message depends on its recipient alone, so a
 * call for a message that was sent before tells the same again, up to the same end.
 */
export class SandboxCarrier implements Carrier {
  private readonly sentMs: number;
  private readonly endMs: number;
  private readonly sleep: (delayMs: number) => Promise<void>;
  private readonly unavailable = new Map<string, number>();

  constructor(options: SandboxOptions = {}) {
    this.sentMs = options.sentMs ?? 20;
    this.endMs = options.endMs ?? 50;
    this.sleep = options.sleep ?? sleepUnref;
  }

  async *deliver({ id, to }: CarrierMessage): AsyncIterable<CarrierUpdate> {
    const outcome = outcomeFor(to);
    this.refuseAtFirst(id, outcome);
    await this.sleep(this.sentMs);
    if (outcome.isSent) {
      yield { status: 'sent', providerMessageId: `sandbox-${id}` };
      await this.sleep(outcome.endMs ?? this.endMs);
    }
    const { failure } = outcome;
    yield failure === undefined ? { status: 'delivered' } : { status: 'failed', ...failure };
  }

  private refuseAtFirst(id: string, { unavailableTimes }: SandboxOutcome): void {
    if (unavailableTimes === 0) return;
    const times = this.unavailable.get(id) ?? 0;
    if (times === unavailableTimes) return;
    this.unavailable.set(id, times + 1);
    const [oldest] = this.unavailable.keys();
    if (oldest !== undefined && this.unavailable.size > REMEMBERED_MAX) {
      this.unavailable.delete(oldest);
    }
    throw new CarrierUnavailable('the sandbox carrier is away, as this test number asks for');
  }
}

/** A message that pretends to travel must not keep a process from ending. */
function sleepUnref(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs).unref());
}
