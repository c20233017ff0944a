interface RevisionWaiter {
  readonly revision: number;
  readonly settle: (shown: boolean) => void;
}

/** Readers that wait until a stream is shown at some revision. */
export class RevisionWaiters {
  private readonly byStream = new Map<string, Set<RevisionWaiter>>();

  /** Resolves to true once {@link shown} was told of the revision, to false after `timeoutMs`. */
  wait(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiters = this.byStream.get(stream) ?? new Set();
      this.byStream.set(stream, waiters);
      const settle = (shown: boolean): void => {
        clearTimeout(timer);
        waiters.delete(waiter);
        if (waiters.size === 0) this.byStream.delete(stream);
        resolve(shown);
      };
      const waiter = { revision, settle };
      const timer = setTimeout(settle, timeoutMs, false);
      waiters.add(waiter);
    });
  }

  shown(stream: string, revision: number): void {
    for (const waiter of this.byStream.get(stream) ?? []) {
      if (waiter.revision <= revision) waiter.settle(true);
    }
  }

  /** Lets every waiter go, unserved. */
  close(): void {
    for (const waiters of [...this.byStream.values()]) {
      for (const waiter of [...waiters]) waiter.settle(false);
    }
  }
}
