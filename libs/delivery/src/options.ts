import { systemTimer, type Timer } from '@tollgate/follower';

export type DeliveryStep = 'read' | 'open' | 'carrier' | 'record' | 'refund';

/** Told of what happens; must not throw. */
export interface DeliveryMetrics {
  /**
   * A message was delivered, or failed and its money went back, or was sent by a carrier that
   * reports later. One whose failure is reported later is told of twice.
   */
  finished(status: 'sent' | 'delivered' | 'failed'): void;
  /** A step failed and will be tried again. */
  retried(step: DeliveryStep): void;
}

export interface DeliveryOptions {
  /** Name of the checkpoint. @default 'messaging' */
  readonly consumer: string;
  /** Messages under way at once; with as many, the log is read no further. @default 1000 */
  readonly messagesMax: number;
  /** The checkpoint is saved at most this often. @default 200 */
  readonly checkpointMs: number;
  /** First wait before a failed step is tried again; doubles with every failure. @default 100 */
  readonly retryMs: number;
  /** Longest wait between two tries. @default 30000 */
  readonly retryMsMax: number;
  /** How long stop() waits for the steps that are running. @default 5000 */
  readonly stopMs: number;
  readonly timer: Timer;
  /** From 0 up to 1; spreads the retries of many messages. @default Math.random */
  readonly random: () => number;
  readonly metrics: DeliveryMetrics;
}

const defaults: DeliveryOptions = {
  consumer: 'messaging',
  messagesMax: 1_000,
  checkpointMs: 200,
  retryMs: 100,
  retryMsMax: 30_000,
  stopMs: 5_000,
  timer: systemTimer,
  random: Math.random,
  metrics: { finished: () => undefined, retried: () => undefined },
};

/** @throws RangeError when a number is out of range. */
export function compileOptions(given: Partial<DeliveryOptions>): DeliveryOptions {
  const options = { ...defaults, ...given };
  if (!Number.isSafeInteger(options.messagesMax) || options.messagesMax < 1) {
    throw new RangeError(`messagesMax must be a positive integer: ${options.messagesMax}`);
  }
  for (const name of ['checkpointMs', 'retryMs', 'retryMsMax', 'stopMs'] as const) {
    if (!(options[name] >= 0)) throw new RangeError(`${name} must not be negative`);
  }
  return options;
}
