import { systemTimer, type Timer } from '@tollgate/follower';

/** Name of the checkpoint, and of whatever else belongs to this consumer of the log. */
export const WEBHOOKS_CONSUMER = 'webhooks';

/** Told of what became of each attempt; must not throw. */
export interface WebhookMetrics {
  delivered(): void;
  /** The receiver did not take it; it is tried again, unless it is given up. */
  failed(): void;
  /** Nothing was sent: the receiver is busy, or something that is needed is away. */
  postponed(): void;
  /** After the last attempt, or when it had become too old for one. */
  givenUp(): void;
}

export interface WebhookOptions {
  /**
   * Events under way at once, also those that wait; with as many, the log is read no further.
   * @default 5000
   */
  readonly eventsMax: number;
  /** Calls at once. @default 200 */
  readonly callsMax: number;
  /** Calls at once to one host. @default 10 */
  readonly hostCallsMax: number;
  /** Calls at once for one account, so that none takes all of them. @default 20 */
  readonly accountCallsMax: number;
  /** Attempts that wait for one host or for one account; more are postponed. @default 500 */
  readonly waitingMax: number;
  /** An attempt that waits for longer is postponed. @default 30000 */
  readonly waitMs: number;
  /** How long the read models may take to show the message of an event. @default 5000 */
  readonly shownMs: number;
  /** How often the schedule is looked at. @default 1000 */
  readonly lookMs: number;
  /** The checkpoint is saved at most this often. @default 200 */
  readonly checkpointMs: number;
  /** Wait before a schedule that is away is asked again. @default 1000 */
  readonly scheduleRetryMs: number;
  /** How long stop() waits for the calls that are running. @default 5000 */
  readonly stopMs: number;
  readonly timer: Timer;
  /** From 0 up to 1; spreads the attempts that follow a failure of many. @default Math.random */
  readonly random: () => number;
  readonly metrics: WebhookMetrics;
}

const nothing = (): void => undefined;

const defaults: WebhookOptions = {
  eventsMax: 5_000,
  callsMax: 200,
  hostCallsMax: 10,
  accountCallsMax: 20,
  waitingMax: 500,
  waitMs: 30_000,
  shownMs: 5_000,
  lookMs: 1_000,
  checkpointMs: 200,
  scheduleRetryMs: 1_000,
  stopMs: 5_000,
  timer: systemTimer,
  random: Math.random,
  metrics: { delivered: nothing, failed: nothing, postponed: nothing, givenUp: nothing },
};

const counts = ['eventsMax', 'callsMax', 'hostCallsMax', 'accountCallsMax'] as const;
const amounts = [
  'waitingMax',
  'waitMs',
  'shownMs',
  'lookMs',
  'checkpointMs',
  'scheduleRetryMs',
  'stopMs',
] as const;

/** @throws RangeError when a number is out of range. */
export function compileOptions(given: Partial<WebhookOptions>): WebhookOptions {
  const options = { ...defaults, ...given };
  for (const name of counts) {
    if (Number.isSafeInteger(options[name]) && options[name] > 0) continue;
    throw new RangeError(`${name} must be a positive integer: ${options[name]}`);
  }
  for (const name of amounts) {
    if (!(options[name] >= 0)) throw new RangeError(`${name} must not be negative`);
  }
  return options;
}
