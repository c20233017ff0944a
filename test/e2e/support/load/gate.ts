/** Clients wait here while the server is away, rather than knock all the time. */
export class Gate {
  private letPass: (() => void) | undefined;
  private waiting = Promise.resolve();

  constructor() {
    this.close();
  }

  open(): void {
    this.letPass?.();
    this.letPass = undefined;
  }

  close(): void {
    if (this.letPass !== undefined) return;
    this.waiting = new Promise((resolve) => (this.letPass = resolve));
  }

  passed(): Promise<void> {
    return this.waiting;
  }
}
