import type {
  CommandConsumer,
  Digest,
  EventReader,
  EventWriter,
  Log,
  Snapshots,
} from '@tollgate/ports';

export interface WriterDependencies {
  readonly events: EventReader & EventWriter;
  readonly snapshots: Snapshots;
  readonly digest: Digest;
  readonly log: Log;
  /** Asked after a state was read, where other writers may take a team over. */
  readonly owner?: Pick<CommandConsumer, 'confirmOwnership'>;
}
