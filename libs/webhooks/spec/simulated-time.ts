import type { Timer } from '@tollgate/follower';
import type { Clock } from '@tollgate/ports';

/** 2026-01-05T00:00:00Z */
const START_MS = 1_767_571_200_000;

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock with its timers: time passes when the spec says so, and all happens at its time. */
export class SimulatedTime implements Clock {
  private ms = START_MS;
  private readonly alarms = new Set<Alarm>();

  readonly timer: Timer = (delayMs, ring) => {
    const alarm = { at: this.ms + delayMs, ring };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  };

  now(): number {
    return this.ms;
  }

  get alarmCount(): number {
    return this.alarms.size;
  }

  async pass(ms: number): Promise<void> {
    const until = this.ms + ms;
    await soon();
    for (let next = this.nextUntil(until); next !== undefined; next = this.nextUntil(until)) {
      this.alarms.delete(next);
      this.ms = Math.max(this.ms, next.at);
      next.ring();
      await soon();
    }
    this.ms = until;
  }

  private nextUntil(until: number): Alarm | undefined {
    const due = [...this.alarms].filter(({ at }) => at <= until);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}

/** Lets everything run that needs no time. */
export async function soon(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}
