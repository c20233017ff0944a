import type { CommandMetadata, Micros } from '../kernel';
import type { ChargeItem, Environment, JsonObject } from './events';

export interface NewApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly secretHash: string;
  readonly prefix: string;
  readonly environment: Environment;
  readonly permissions?: readonly string[];
}

export type OpenTeam = Command<
  'OpenTeam',
  {
    readonly name: string;
    readonly mainAccountId: string;
    readonly openingBalance?: Micros;
    readonly apiKey: NewApiKey;
  }
>;

export type TopUp = Command<'TopUp', { readonly amount: Micros; readonly reference?: string }>;

export type AdjustBalance = Command<
  'AdjustBalance',
  { readonly amount: Micros; readonly reason: string; readonly force: boolean }
>;

export type CreateSubAccount = Command<
  'CreateSubAccount',
  {
    readonly accountId: string;
    readonly name: string;
    /** 0 and null mean no limit. */
    readonly creditLimit?: Micros | null;
    readonly externalId?: string;
    readonly metadata?: JsonObject;
    readonly apiKey: NewApiKey;
  }
>;

export type UpdateSubAccount = Command<
  'UpdateSubAccount',
  {
    readonly accountId: string;
    readonly name?: string;
    readonly creditLimit?: Micros | null;
    readonly externalId?: string;
    readonly metadata?: JsonObject;
    readonly status?: 'active' | 'inactive';
  }
>;

export type DeactivateSubAccount = Command<'DeactivateSubAccount', { readonly accountId: string }>;

export type IssueApiKey = Command<
  'IssueApiKey',
  { readonly accountId: string; readonly apiKey: NewApiKey }
>;

export type RevokeApiKey = Command<
  'RevokeApiKey',
  { readonly accountId: string; readonly apiKeyId: string }
>;

export type Charge = Command<
  'Charge',
  { readonly accountId: string; readonly amount: Micros; readonly item: ChargeItem }
>;

/** A charge as it stands in the log; the writer loads it before the refund is decided. */
export interface RecordedCharge {
  readonly revision: number;
  readonly accountId: string;
  readonly amount: Micros;
}

export type Refund = Command<
  'Refund',
  {
    readonly accountId: string;
    readonly chargeId: string;
    /** All that is left of the charge, when absent. */
    readonly amount?: Micros;
    readonly reason?: string;
    readonly charge?: RecordedCharge;
  }
>;

export type TeamCommand =
  | OpenTeam
  | TopUp
  | AdjustBalance
  | CreateSubAccount
  | UpdateSubAccount
  | DeactivateSubAccount
  | IssueApiKey
  | RevokeApiKey
  | Charge
  | Refund;

interface Command<Type extends string, Data> extends CommandMetadata {
  readonly type: Type;
  readonly data: Data;
}
