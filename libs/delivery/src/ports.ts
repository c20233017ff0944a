import type {
  Carrier,
  Checkpoints,
  Clock,
  CommandLog,
  Digest,
  EventLog,
  Log,
  Sealing,
} from '@tollgate/ports';

/** What a delivery works with. */
export interface DeliveryPorts {
  /** Where charges order messages, and where their streams are. */
  readonly events: EventLog;
  /** Takes the refunds. */
  readonly commands: CommandLog;
  readonly checkpoints: Checkpoints;
  readonly carrier: Carrier;
  /** Opens what messages say. */
  readonly sealing: Sealing;
  /** The number or address that a sender sends from; messages name none when it is absent. */
  readonly senderAddress?: SenderAddress;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}

/** Undefined when there is no such sender, or none any more. Whatever it throws is tried again. */
export type SenderAddress = (accountId: string, senderId: string) => Promise<string | undefined>;
