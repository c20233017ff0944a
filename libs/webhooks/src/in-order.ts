/** Does what belongs together one after the other, in the order in which it was asked for. */
export class InOrder {
  private readonly last = new Map<string, Promise<void>>();

  /** What was asked for before with the same key is over when `work` begins. */
  run(key: string, work: () => Promise<void>): Promise<void> {
    const ended = (this.last.get(key) ?? Promise.resolve()).then(work);
    const settled: Promise<void> = ended
      .catch(() => undefined)
      .then(() => {
        if (this.last.get(key) === settled) this.last.delete(key);
      });
    this.last.set(key, settled);
    return ended;
  }
}
