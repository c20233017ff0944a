import {
  AppendOutcomeUnknown,
  CarrierUnavailable,
  CommandLogFull,
  CommandLogUnavailable,
  LogUnavailable,
  ReadModelsUnavailable,
  VaultUnavailable,
  WrongExpectedRevision,
  type Log,
} from '@tollgate/ports';
import type { DeliveryOptions, DeliveryStep } from './options';
import { RefundNotConfirmed } from './refund';
import { WorkStopped, type StopSignal } from '@tollgate/follower';

/** Failures that are part of the work; all others are faults, and are tried again as well. */
const expectedFailures = [
  AppendOutcomeUnknown,
  CarrierUnavailable,
  CommandLogFull,
  CommandLogUnavailable,
  LogUnavailable,
  ReadModelsUnavailable,
  RefundNotConfirmed,
  VaultUnavailable,
  WrongExpectedRevision,
];

/** Whoever asks to be left alone longer is asked again before. */
const ASKED_MS_MAX = 5 * 60_000;

/** Tries a step until it succeeds: money hangs on it, so that giving up is no option. */
export class Persistence {
  constructor(
    private readonly options: DeliveryOptions,
    private readonly log: Log,
    private readonly stopping: StopSignal,
  ) {}

  /** @throws WorkStopped when the step failed and the delivery is stopping. */
  async insist<T>(step: DeliveryStep, messageId: string, take: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await take();
      } catch (error) {
        if (error instanceof WorkStopped) throw error;
        const delayMs = this.delayAfter(error, failures);
        this.tell({ step, messageId, failures, delayMs, error });
        await this.stopping.sleep(delayMs, this.options.timer);
      }
    }
  }

  /** Half of the wait is fixed, half is chance; what the other side asks for comes on top. */
  private delayAfter(error: unknown, failures: number): number {
    const { retryMs, retryMsMax, random } = this.options;
    // Another writer was here: what it wrote is there to be read.
    if (error instanceof WrongExpectedRevision && failures === 1) return 0;
    const doubled = Math.min(retryMs * 2 ** (failures - 1), retryMsMax);
    return Math.round(doubled * (1 + random()) * 0.5 + askedDelayOf(error));
  }

  private tell(failure: { step: DeliveryStep; error: unknown; [field: string]: unknown }): void {
    this.options.metrics.retried(failure.step);
    const isExpected = expectedFailures.some((kind) => failure.error instanceof kind);
    const level = isExpected ? 'warn' : 'error';
    this.log[level]('a step of a delivery failed, trying again', failure);
  }
}

function askedDelayOf(error: unknown): number {
  const isAsking = error instanceof CommandLogFull || error instanceof CarrierUnavailable;
  return Math.min((isAsking ? error.retryAfterMs : undefined) ?? 0, ASKED_MS_MAX);
}
