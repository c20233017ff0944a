import type {
  Checkpoints,
  Clock,
  Digest,
  EventReader,
  EventSubscriber,
  Log,
  ReadModelReader,
  Schedule,
  Sealing,
  WebhookClient,
} from '@tollgate/ports';

/** What a delivery of webhooks works with. */
export interface WebhookPorts {
  /** What happened, and what charges say of the messages that it happened to. */
  readonly events: EventReader & EventSubscriber;
  /** Where senders say who is to be told. */
  readonly readModels: Pick<ReadModelReader, 'get' | 'waitFor'>;
  /** Opens who a message was sent to. */
  readonly sealing: Pick<Sealing, 'open'>;
  /** The jobs of this consumer alone: what is to be tried again. */
  readonly schedule: Schedule;
  readonly checkpoints: Checkpoints;
  readonly webhookClient: WebhookClient;
  readonly webhookSecretOf: WebhookSecretOf;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}

/** The secret that a sender's webhooks are signed with. @param version see `SenderWebhook`. */
export type WebhookSecretOf = (senderId: string, version: number) => string;
