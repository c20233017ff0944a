import type { Timer } from './timer';

/** Thrown where work ends because it was told to stop, not because it is done. */
export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';

  constructor() {
    super('the work was stopped');
  }
}

/**
 * Wakes whatever waits when its owner is told to stop. Waiters leave again when they are done
 * (a race against one long-lived promise would keep something of every wait until the end).
 */
export class StopSignal {
  private readonly waiters = new Set<() => void>();
  private raised = false;

  get isRaised(): boolean {
    return this.raised;
  }

  raise(): void {
    this.raised = true;
    this.waiters.forEach((wake) => wake());
    this.waiters.clear();
  }

  /** @throws WorkStopped */
  throwIfRaised(): void {
    if (this.raised) throw new WorkStopped();
  }

  /** What the promise comes to, unless the signal is raised first: then it throws. */
  interrupt<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const wake = (): void => reject(new WorkStopped());
      if (this.raised) wake();
      this.waiters.add(wake);
      void promise.then(resolve, reject).finally(() => this.waiters.delete(wake));
    });
  }

  /** @throws WorkStopped at once when the signal is raised. */
  async sleep(delayMs: number, timer: Timer): Promise<void> {
    let cancel = (): void => undefined;
    try {
      await this.interrupt(new Promise<void>((resolve) => (cancel = timer(delayMs, resolve))));
    } finally {
      cancel();
    }
  }
}
