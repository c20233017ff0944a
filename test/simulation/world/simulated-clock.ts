import type { Random } from './random';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5, 9);
/** Well within the time that command ids are remembered for. */
const HOURS_MAX = 40;

/** The callers' clocks: close together, and in some runs with hours in which nothing happens. */
export class SimulatedClock {
  /** Without them a run takes seconds, so that every retry comes soon after its first try. */
  readonly hasJumps: boolean;
  /** Runs when hours have passed: whatever was under way has come to its end. */
  onJump: () => void = () => undefined;
  private now = START;

  constructor(private readonly random: Random) {
    this.hasJumps = random.isLucky(0.5);
  }

  read(): number {
    if (this.hasJumps && this.random.isLucky(0.01)) {
      this.now += this.random.integer(1, 6) * HOUR;
      this.onJump();
    }
    this.now = Math.min(this.now + this.random.integer(0, 20), START + HOURS_MAX * HOUR);
    return this.now + this.random.integer(-500, 500);
  }
}
