import type { CommandMetadata } from '../../kernel';
import type { NumberTerms, SenderEmail, SignatureVersion } from './events';

/** A webhook as it is asked for; what is absent stays, or gets its default. */
export interface WebhookRequest {
  readonly url?: string;
  readonly events?: readonly string[];
  readonly active?: boolean;
  readonly signatureVersion?: SignatureVersion;
}

export type CreateSender = Command<
  'CreateSender',
  {
    readonly senderId: string;
    readonly name: string;
    /** E.164; one that the account owns and no other sender has. */
    readonly phoneNumber?: string;
    readonly setAsDefault?: boolean;
    readonly smsOneway?: boolean;
    /** Needs a phone number. */
    readonly voice?: boolean;
    readonly email?: SenderEmail;
    readonly webhook?: WebhookRequest & { readonly url: string };
  }
>;

export type UpdateSender = Command<
  'UpdateSender',
  {
    readonly senderId: string;
    readonly name?: string;
    readonly setAsDefault?: boolean;
    readonly smsOneway?: boolean;
    readonly voice?: boolean;
    readonly email?: SenderEmail;
    /** Null takes the webhook away. */
    readonly webhook?: WebhookRequest | null;
  }
>;

export type DeleteSender = Command<'DeleteSender', { readonly senderId: string }>;

export type RegenerateWebhookSecret = Command<
  'RegenerateWebhookSecret',
  { readonly senderId: string }
>;

/** Follows the charge that bought the number. For the same charge again it changes nothing. */
export type AddNumber = Command<
  'AddNumber',
  NumberTerms & {
    readonly numberId: string;
    readonly phoneNumber: string;
    readonly chargeId: string;
    readonly name?: string;
    readonly paidUntil: number;
  }
>;

export type UpdateNumber = Command<
  'UpdateNumber',
  {
    readonly numberId: string;
    /** Null takes the name away. */
    readonly name?: string | null;
    /** Null takes it from its sender. */
    readonly senderId?: string | null;
  }
>;

/** Follows the charge of a renewal; one that was recorded before changes nothing. */
export type RenewNumber = Command<
  'RenewNumber',
  { readonly numberId: string; readonly chargeId: string; readonly paidUntil: number }
>;

export type SuspendNumber = Command<
  'SuspendNumber',
  { readonly numberId: string; readonly reason: string }
>;

export type ReleaseNumber = Command<'ReleaseNumber', { readonly numberId: string }>;

export type SenderCommand =
  | CreateSender
  | UpdateSender
  | DeleteSender
  | RegenerateWebhookSecret
  | AddNumber
  | UpdateNumber
  | RenewNumber
  | SuspendNumber
  | ReleaseNumber;

interface Command<Type extends string, Data> extends CommandMetadata {
  readonly accountId: string;
  readonly type: Type;
  readonly data: Data;
}
