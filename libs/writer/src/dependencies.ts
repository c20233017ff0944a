import type { Digest, EventReader, EventWriter, Log, Snapshots } from '@tollgate/ports';

export interface WriterDependencies {
  readonly events: EventReader & EventWriter;
  readonly snapshots: Snapshots;
  readonly digest: Digest;
  readonly log: Log;
}
