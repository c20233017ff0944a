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

/** The longest time without a decision, by the fault that was there; and how busy it was. */
export class Outages {
  /** Decisions in the busiest second. */
  busiest = 0;
  private readonly longest = new Map<string, number>();
  private fault = 'none';
  private second = 0;
  private inSecond = 0;

  during(fault: string): void {
    this.fault = fault;
  }

  add(ms: number): void {
    this.count(Math.floor(Date.now() / 1_000));
    this.longest.set(this.fault, Math.max(ms, this.longest.get(this.fault) ?? 0));
  }

  inWords(): string {
    const sorted = [...this.longest].sort(([, one], [, other]) => other - one);
    return sorted.map(([fault, ms]) => `${fault} ${(ms / 1_000).toFixed(1)} s`).join(', ');
  }

  private count(second: number): void {
    if (second !== this.second) this.inSecond = 0;
    this.second = second;
    this.inSecond += 1;
    this.busiest = Math.max(this.busiest, this.inSecond);
  }
}
