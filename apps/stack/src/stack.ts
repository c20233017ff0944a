import type { Part } from './part';

/** Programs that stand on each other: those of a level start together, level by level. */
export class Stack {
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly levels: readonly (readonly Part[])[],
    private readonly say: (line: string) => void,
  ) {}

  get isStopping(): boolean {
    return this.stopping !== undefined;
  }

  /** Resolves with what to tell when a program ends without having been told to. */
  get broken(): Promise<string> {
    return Promise.race(this.levels.flat().map((part) => part.endedByItself));
  }

  async start(): Promise<void> {
    for (const level of this.levels) {
      if (this.isStopping) return;
      this.say(`Starting ${level.map(({ name }) => name).join(', ')} ...`);
      await Promise.all(level.map((part) => part.start()));
    }
  }

  /** In order: whoever sends, before whoever answers, before what both stand on. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    for (const part of this.levels.flat().reverse()) await part.stop();
  }
}
