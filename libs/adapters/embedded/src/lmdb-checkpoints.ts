import type { Database, RootDatabase } from 'lmdb';
import type { Checkpoints } from '@tollgate/ports';
import { openDatabase, transact } from './lmdb-environment';
import { committed } from './lmdb-failure';

/** Checkpoints beside the log, as durable as its events. */
export class LmdbCheckpoints implements Checkpoints {
  private readonly positions: Database<number, string>;

  constructor(private readonly environment: RootDatabase) {
    this.positions = openDatabase(environment, 'checkpoints');
  }

  async load(consumer: string): Promise<number> {
    return this.positions.get(consumer) ?? 0;
  }

  async save(consumer: string, position: number): Promise<void> {
    const write = (): void => void this.positions.put(consumer, position);
    await committed(transact(this.environment, write));
  }
}
