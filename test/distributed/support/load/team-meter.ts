/** How long a team had to wait for a decision, by what was broken at the time. */
export class TeamMeter {
  private lastAt = Date.now();
  private count = 0;

  constructor(private readonly onGap: (ms: number) => void) {}

  /** Answers that decided something. */
  get decided(): number {
    return this.count;
  }

  tick(): void {
    const now = Date.now();
    this.onGap(now - this.lastAt);
    this.lastAt = now;
    this.count += 1;
  }
}

/** The longest time without a decision, by the fault that was there. */
export class Outages {
  private readonly longest = new Map<string, number>();
  private fault = 'none';

  during(fault: string): void {
    this.fault = fault;
  }

  add(ms: number): void {
    this.longest.set(this.fault, Math.max(ms, this.longest.get(this.fault) ?? 0));
  }

  inWords(): string {
    const sorted = [...this.longest].sort(([, one], [, other]) => other - one);
    return sorted.map(([fault, ms]) => `${fault} ${(ms / 1_000).toFixed(1)} s`).join(', ');
  }
}
