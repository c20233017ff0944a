import { randomUUID } from 'node:crypto';
import type { ProjectedEvents, ReadModelWrite, Row } from '@tollgate/ports';

/** Makes entries of one team that no other test uses, in order, each of one event. */
export class TeamEntries {
  readonly stream = `team-${randomUUID()}`;
  private revision = -1;

  /** @param positions the position of the next event in the whole log. */
  constructor(private readonly positions: () => number = counter()) {}

  key(name: string): string {
    return `{${this.stream}}/${name}`;
  }

  put(name: string, row: Row): ReadModelWrite {
    return { kind: 'put', key: this.key(name), row };
  }

  next(...writes: ReadModelWrite[]): ProjectedEvents {
    this.revision += 1;
    return {
      stream: this.stream,
      group: this.stream,
      firstRevision: this.revision,
      lastRevision: this.revision,
      position: this.positions(),
      writes,
    };
  }
}

function counter(): () => number {
  let count = 0;
  return () => (count += 1);
}
