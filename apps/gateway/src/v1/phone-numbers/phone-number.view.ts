import {
  centsExact,
  dollarsExact,
  type NumberCapabilities,
  type NumberTerms,
} from '@tollgate/domain';
import type { AvailableNumber } from '@tollgate/ports';
import { present } from '../../http/present';

export interface AvailableNumberView {
  readonly phoneNumber: string;
  readonly capabilities: NumberCapabilities;
  readonly pricing: {
    /** US dollars. */
    readonly monthlyPrice: number;
    /** US dollars. */
    readonly upfrontPrice: number;
    readonly isFreeEligible: boolean;
  };
  readonly friendlyName?: string;
  readonly locality?: string;
  readonly region?: string;
}

export interface OwnedNumberView {
  readonly id: string;
  readonly phoneNumber: string;
  readonly capabilities: readonly string[];
  readonly status: 'active' | 'suspended';
  readonly pricing: {
    /** US dollars. */
    readonly monthlyPrice: number;
    /** The same in cents. */
    readonly monthlyCost: number;
    /** Cents. */
    readonly upfrontCost: number;
    readonly isFreeNumber: boolean;
  };
  readonly name?: string;
  readonly senderId?: string;
  readonly nextRenewalDate?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function availableNumberView(number: AvailableNumber): AvailableNumberView {
  const { phoneNumber, friendlyName, locality, region } = number;
  const { sms, voice, mms } = number.capabilities;
  return {
    phoneNumber,
    capabilities: { sms, voice, mms },
    pricing: {
      monthlyPrice: dollarsExact(number.monthlyPrice),
      upfrontPrice: dollarsExact(number.upfrontPrice),
      isFreeEligible: number.isFree,
    },
    ...present({ friendlyName, locality, region }),
  };
}

/** What is shown of a number that an account owns. Prices are micros, times Unix ms. */
export interface OwnedNumberFacts extends NumberTerms {
  readonly id: string;
  readonly phoneNumber: string;
  readonly name: string | null;
  readonly senderId: string | null;
  readonly status: 'active' | 'suspended';
  /** Null while it is not known yet. */
  readonly paidUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export function ownedNumberView(row: OwnedNumberFacts): OwnedNumberView {
  const { name, senderId, monthlyPrice, upfrontPrice, paidUntil } = row;
  const nextRenewalDate = paidUntil === null ? null : new Date(paidUntil).toISOString();
  return {
    id: row.id,
    phoneNumber: row.phoneNumber,
    capabilities: namesOf(row.capabilities),
    status: row.status,
    pricing: {
      monthlyPrice: dollarsExact(monthlyPrice),
      monthlyCost: centsExact(monthlyPrice),
      upfrontCost: centsExact(upfrontPrice),
      isFreeNumber: row.isFree,
    },
    ...present({ name, senderId, nextRenewalDate }),
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

function namesOf({ sms, voice, mms }: NumberCapabilities): readonly string[] {
  const can: Readonly<Record<string, boolean>> = { sms, voice, mms };
  return Object.keys(can).filter((name) => can[name]);
}
