import { setTimeout as delay } from 'node:timers/promises';

export interface HealthCheck {
  /** What is looked at, as an operator knows it: `Redis`. */
  readonly name: string;
  /** Rejects, or answers why it can't be used; undefined when all is well. */
  readonly check: () => Promise<string | undefined> | string | undefined;
}

const INTERVAL_MS = 1_000;
const CHECK_MS_MAX = 2_000;

/** Looks at what a service stands on every second, so that readiness tells the truth at once. */
export class HealthChecks {
  private readonly problems = new Map<string, string>();
  private readonly stopped = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(private readonly checks: readonly HealthCheck[]) {}

  /** Everything that is wrong now, in one line; undefined when nothing is. */
  get problem(): string | undefined {
    return this.problems.size === 0 ? undefined : [...this.problems.values()].join('; ');
  }

  /** Resolves after the first look at everything. */
  async start(): Promise<void> {
    await this.look();
    this.looking = this.keepLooking();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.looking;
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await delay(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.look();
    }
  }

  private async look(): Promise<void> {
    await Promise.all(
      this.checks.map(async ({ name, check }) => {
        const problem = await inTime(check).catch((fault: unknown) => `no answer: ${text(fault)}`);
        if (problem === undefined) this.problems.delete(name);
        else this.problems.set(name, `${name}: ${problem}`);
      }),
    );
  }
}

async function inTime(check: HealthCheck['check']): Promise<string | undefined> {
  const over = new AbortController();
  const late = delay(CHECK_MS_MAX, 'no answer in time', { signal: over.signal });
  late.catch(() => undefined);
  try {
    return await Promise.race([check(), late]);
  } finally {
    over.abort();
  }
}

function text(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
