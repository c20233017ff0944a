import type { Clock } from '@tollgate/ports';

/** 2026-01-01T00:00:00Z */
const START_MS = 1_767_225_600_000;

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  /** @param ms Unix ms. */
  constructor(private ms = START_MS) {}

  now(): number {
    return this.ms;
  }

  advance(ms: number): void {
    this.ms += ms;
  }

  set(ms: number): void {
    this.ms = ms;
  }
}
