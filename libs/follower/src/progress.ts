/** How far into the log everything is done, while what was begun ends in any order. */
export class Progress {
  /** Positions of events whose work is under way; they come in order: the first is the oldest. */
  private readonly underWay = new Set<number>();

  /** @param lastSeen where the log was read from. */
  constructor(private lastSeen: number) {}

  /** Everything up to here was done, or at least seen. */
  get seen(): number {
    return this.lastSeen;
  }

  /** Everything up to here is done. */
  get checkpoint(): number {
    const oldest = this.underWay.values().next();
    return oldest.done === true ? this.lastSeen : oldest.value - 1;
  }

  /** The event needs nothing done. */
  pass(position: number): void {
    this.lastSeen = position;
  }

  begin(position: number): void {
    this.lastSeen = position;
    this.underWay.add(position);
  }

  finish(position: number): void {
    this.underWay.delete(position);
  }
}
