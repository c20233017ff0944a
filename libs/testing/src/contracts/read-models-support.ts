import { randomUUID } from 'node:crypto';
import type {
  ProjectedEvents,
  ReadModelReader,
  ReadModelWrite,
  ReadModelWriter,
} from '@tollgate/ports';

export type ReadModels = ReadModelReader & ReadModelWriter;

/** Read models that a contract suite may write to; they need not be empty. */
export interface ReadModelsUnderTest {
  readonly readModels: ReadModels;
  readonly close: () => Promise<void>;
}

/** Entries and keys of one team that no other test uses. */
export class TeamUnderTest {
  private readonly id = randomUUID();
  readonly stream = `team-${this.id}`;

  /** Keys of one team carry its hash tag, so that a cluster keeps them together. */
  key(name: string): string {
    return `{${this.stream}}/${name}`;
  }

  list(index: string, sortKey: string, name: string): ReadModelWrite {
    return { kind: 'list', index: this.key(index), sortKey, key: this.key(name) };
  }

  /** @param places as `index:sortKey`. */
  relist(name: string, part: string, places: readonly string[]): ReadModelWrite {
    const parsed = places.map((place) => {
      const [index, sortKey] = place.split(':');
      return { index: this.key(index!), sortKey: sortKey! };
    });
    return { kind: 'relist', key: this.key(name), part, places: parsed };
  }

  remove(name: string): ReadModelWrite {
    return { kind: 'remove', key: this.key(name) };
  }

  merge(name: string, fields: Record<string, unknown>): ReadModelWrite {
    return { kind: 'merge', key: this.key(name), fields };
  }

  put(name: string, row: Record<string, unknown>): ReadModelWrite {
    return { kind: 'put', key: this.key(name), row };
  }

  entry(firstRevision: number, lastRevision: number, writes: ReadModelWrite[]): ProjectedEvents {
    const position = 1_000 + lastRevision;
    const { stream } = this;
    return { stream, group: stream, firstRevision, lastRevision, position, writes };
  }
}
