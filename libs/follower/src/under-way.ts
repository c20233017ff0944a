import type { Timer } from './timer';

/** The work under way, at most so much of it. */
export class UnderWay {
  private readonly running = new Set<Promise<void>>();
  private makeRoom: (() => void) | undefined;

  constructor(private readonly max: number) {}

  get size(): number {
    return this.running.size;
  }

  get isFull(): boolean {
    return this.size >= this.max;
  }

  /** @param work never rejects. */
  add(work: Promise<void>): void {
    const ended: Promise<void> = work.then(() => {
      this.running.delete(ended);
      this.makeRoom?.();
    });
    this.running.add(ended);
  }

  /** Resolves when something ends; for one waiter at a time. */
  room(): Promise<void> {
    return new Promise((resolve) => (this.makeRoom = resolve));
  }

  /** Resolves when everything under way now has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  /** False when it takes longer. */
  async settledWithin(delayMs: number, timer: Timer): Promise<boolean> {
    let cancel = (): void => undefined;
    const late = new Promise<boolean>((resolve) => {
      cancel = timer(delayMs, () => resolve(false));
    });
    const isDone = await Promise.race([this.settled().then(() => true), late]);
    cancel();
    return isDone;
  }
}
