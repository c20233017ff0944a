import type {
  Carrier,
  Checkpoints,
  Clock,
  CommandLog,
  Digest,
  EventLog,
  Log,
} from '@tollgate/ports';

/** What a delivery works with. */
export interface DeliveryPorts {
  /** Where charges order messages, and where their streams are. */
  readonly events: EventLog;
  /** Takes the refunds. */
  readonly commands: CommandLog;
  readonly checkpoints: Checkpoints;
  readonly carrier: Carrier;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}
