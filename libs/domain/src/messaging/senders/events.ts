import type { Micros } from '../../kernel';

/* Names and fields are the storage format, as in `../../billing/events.ts`. */

export const SIGNATURE_VERSIONS = ['v1', 'v1+v2', 'v2'] as const;
export type SignatureVersion = (typeof SIGNATURE_VERSIONS)[number];

export interface SenderWebhook {
  readonly url: string;
  /** Types of events that are sent. */
  readonly events: readonly string[];
  readonly active: boolean;
  readonly signatureVersion: SignatureVersion;
  /** The secret is derived from the sender and this number, and is stored nowhere. */
  readonly secretVersion: number;
}

export interface SenderEmail {
  readonly address?: string;
  readonly domainId?: string;
  readonly fromName?: string;
  readonly receivingEnabled?: boolean;
  readonly catchAllEnabled?: boolean;
}

export interface NumberCapabilities {
  readonly sms: boolean;
  readonly voice: boolean;
  readonly mms: boolean;
}

/** What is fixed when a number is bought. Prices are micros. */
export interface NumberTerms {
  readonly capabilities: NumberCapabilities;
  readonly monthlyPrice: Micros;
  readonly upfrontPrice: Micros;
  readonly isFree: boolean;
}

export type SenderCreated = Event<
  'SenderCreated',
  {
    readonly senderId: string;
    readonly name: string;
    /** The number that it sends from, which was nobody else's. */
    readonly numberId?: string;
    readonly isDefault: boolean;
    readonly smsOneway: boolean;
    readonly voice: boolean;
    readonly email?: SenderEmail;
    readonly webhook?: SenderWebhook;
  }
>;

/** What is absent stays as it is. */
export type SenderUpdated = Event<
  'SenderUpdated',
  {
    readonly senderId: string;
    readonly name?: string;
    readonly smsOneway?: boolean;
    readonly voice?: boolean;
    readonly email?: SenderEmail;
    /** The whole webhook as it is afterwards; null when it was taken away. */
    readonly webhook?: SenderWebhook | null;
  }
>;

export type DefaultSenderSet = Event<'DefaultSenderSet', { readonly senderId: string }>;
export type SenderDeleted = Event<'SenderDeleted', { readonly senderId: string }>;
export type WebhookSecretRegenerated = Event<
  'WebhookSecretRegenerated',
  { readonly senderId: string; readonly secretVersion: number }
>;

/** The account owns the number: `chargeId` paid for it. */
export type NumberAdded = Event<
  'NumberAdded',
  NumberTerms & {
    readonly numberId: string;
    /** E.164. */
    readonly phoneNumber: string;
    readonly chargeId: string;
    readonly name?: string;
    /** Unix ms; then the next month is due. */
    readonly paidUntil: number;
  }
>;

export type NumberRenamed = Event<
  'NumberRenamed',
  { readonly numberId: string; readonly name: string | null }
>;

/** Null: it belongs to no sender any more. */
export type NumberAssigned = Event<
  'NumberAssigned',
  {
    readonly numberId: string;
    readonly senderId: string | null;
    /** The sender that had it until then. */
    readonly previousSenderId: string | null;
  }
>;

export type NumberRenewed = Event<
  'NumberRenewed',
  { readonly numberId: string; readonly chargeId: string; readonly paidUntil: number }
>;

/** A renewal could not be paid: the number sends nothing until one is. */
export type NumberSuspended = Event<
  'NumberSuspended',
  { readonly numberId: string; readonly reason: string }
>;

export type NumberReleased = Event<
  'NumberReleased',
  { readonly numberId: string; readonly phoneNumber: string; readonly teamId: string }
>;

export type SenderEvent =
  | SenderCreated
  | SenderUpdated
  | DefaultSenderSet
  | SenderDeleted
  | WebhookSecretRegenerated
  | NumberAdded
  | NumberRenamed
  | NumberAssigned
  | NumberRenewed
  | NumberSuspended
  | NumberReleased;

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}
