import type { Micros, Sealed } from '../kernel';
import type { NumberTerms } from '../messaging/senders';

/*
 * These names and fields are the storage format: never rename one, never change what one means.
 * A new shape gets a new schema version and an upcaster in `libs/contracts`.
 */

export type Environment = 'live' | 'test';
export type JsonObject = { readonly [name: string]: unknown };

/** What a charge bought. Messaging acts on `message` and `phone_number` items. */
export type ChargeItem = MessageItem | PhoneNumberItem | CustomItem;

export interface MessageItem {
  readonly type: 'message';
  readonly id: string;
  /** Absent, as `content` is, when the two are sealed. */
  readonly to?: string;
  readonly channel: string;
  readonly messageType: string;
  readonly environment: Environment;
  /** Everything else that the sender gave: text, content, subject, metadata, … */
  readonly content?: JsonObject;
  /** `{to, content}`, under the key of the recipient. */
  readonly sealed?: Sealed;
  /** Keyed hash of account and recipient; also the subject of the key. */
  readonly recipient?: string;
  readonly senderId?: string;
  readonly segments?: number;
}

/** A number bought, or one more month of it. Prices are micros. */
export interface PhoneNumberItem extends NumberTerms {
  readonly type: 'phone_number';
  /** Id of the owned number. */
  readonly id: string;
  /** E.164. */
  readonly phoneNumber: string;
  readonly name?: string;
  /** Unix ms: up to when this charge pays for it. */
  readonly paidUntil: number;
  /** Absent for the purchase. */
  readonly isRenewal?: true;
}

export interface CustomItem {
  readonly type: 'custom';
  readonly reference?: string;
  readonly description?: string;
}

export type TeamOpened = Event<
  'TeamOpened',
  {
    readonly teamId: string;
    readonly name: string;
    readonly currency: 'usd';
    readonly mainAccountId: string;
  }
>;

export type BalanceToppedUp = Event<
  'BalanceToppedUp',
  {
    readonly topUpId: string;
    readonly amount: Micros;
    readonly balanceAfter: Micros;
    readonly reference?: string;
  }
>;

export type BalanceAdjusted = Event<
  'BalanceAdjusted',
  {
    readonly adjustmentId: string;
    /** Signed. */
    readonly amount: Micros;
    readonly balanceAfter: Micros;
    readonly reason: string;
    readonly forced: boolean;
  }
>;

export type SubAccountCreated = Event<
  'SubAccountCreated',
  {
    readonly accountId: string;
    readonly name: string;
    readonly creditLimit: Micros | null;
    readonly externalId?: string;
    readonly metadata?: JsonObject;
  }
>;

export type SubAccountUpdated = Event<
  'SubAccountUpdated',
  {
    readonly accountId: string;
    readonly name?: string;
    readonly externalId?: string;
    readonly metadata?: JsonObject;
  }
>;

export type CreditLimitSet = Event<
  'CreditLimitSet',
  { readonly accountId: string; readonly creditLimit: Micros | null }
>;

export type SubAccountSuspended = Event<'SubAccountSuspended', { readonly accountId: string }>;
export type SubAccountReactivated = Event<'SubAccountReactivated', { readonly accountId: string }>;
export type SubAccountDeactivated = Event<
  'SubAccountDeactivated',
  { readonly accountId: string; readonly keysRevoked: number }
>;

export type ApiKeyIssued = Event<
  'ApiKeyIssued',
  {
    readonly keyId: string;
    readonly accountId: string;
    readonly name: string;
    /** SHA-256 of the secret, in hex. The secret itself is never stored. */
    readonly secretHash: string;
    readonly prefix: string;
    readonly environment: Environment;
    readonly permissions?: readonly string[];
  }
>;

export type ApiKeyRevoked = Event<
  'ApiKeyRevoked',
  { readonly keyId: string; readonly accountId: string }
>;

export type AccountCharged = Event<
  'AccountCharged',
  {
    readonly chargeId: string;
    readonly accountId: string;
    readonly amount: Micros;
    readonly balanceAfter: Micros;
    readonly totalSpentAfter: Micros;
    readonly item: ChargeItem;
  }
>;

export type ChargeRefunded = Event<
  'ChargeRefunded',
  {
    readonly refundId: string;
    readonly chargeId: string;
    readonly accountId: string;
    readonly amount: Micros;
    /** Sum of all refunds of this charge. */
    readonly refundedAfter: Micros;
    readonly balanceAfter: Micros;
    readonly totalSpentAfter: Micros;
    readonly reason?: string;
  }
>;

export type TeamEvent =
  | TeamOpened
  | BalanceToppedUp
  | BalanceAdjusted
  | SubAccountCreated
  | SubAccountUpdated
  | CreditLimitSet
  | SubAccountSuspended
  | SubAccountReactivated
  | SubAccountDeactivated
  | ApiKeyIssued
  | ApiKeyRevoked
  | AccountCharged
  | ChargeRefunded;

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}
