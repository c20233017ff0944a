import type { EventToAppend } from '@tollgate/ports';
import { ServerBusy } from './store.errors';

const APPENDS_MAX = 10_000;
const UNITS_MAX = 64 * 1_024 * 1_024;

/** How much is on its way to the disk; what would be too much is refused. */
export class AppendQueue {
  private appends = 0;
  private units = 0;
  private waiters: (() => void)[] = [];

  /** @throws ServerBusy */
  async pass<T>(events: readonly EventToAppend[], run: () => Promise<T>): Promise<T> {
    if (this.appends >= APPENDS_MAX || this.units >= UNITS_MAX) throw new ServerBusy();
    const units = unitsOf(events);
    this.appends += 1;
    this.units += units;
    try {
      return await run();
    } finally {
      this.appends -= 1;
      this.units -= units;
      if (this.appends === 0) this.waiters.splice(0).forEach((resolve) => resolve());
    }
  }

  /** Resolves when nothing is under way. */
  empty(): Promise<void> {
    if (this.appends === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }
}

function unitsOf(events: readonly EventToAppend[]): number {
  let units = 0;
  for (const { data, metadata } of events) units += data.length + metadata.length;
  return units;
}
