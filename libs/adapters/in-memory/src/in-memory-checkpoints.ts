import type { Checkpoints } from '@tollgate/ports';

export class InMemoryCheckpoints implements Checkpoints {
  private readonly positions = new Map<string, number>();

  async load(consumer: string): Promise<number> {
    return this.positions.get(consumer) ?? 0;
  }

  async save(consumer: string, position: number): Promise<void> {
    this.positions.set(consumer, position);
  }
}
