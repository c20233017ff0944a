import type { CommandMetadata } from '../../kernel';
import type { NumberOrder } from './events';

export interface ClaimNumber extends CommandMetadata {
  readonly type: 'ClaimNumber';
  readonly data: NumberOrder;
}

/** A claim of another purchase stays; one that is released already changes nothing. */
export interface ReleaseNumberClaim extends CommandMetadata {
  readonly type: 'ReleaseNumberClaim';
  readonly data: { readonly phoneNumber: string; readonly numberId: string };
}

export type NumberCommand = ClaimNumber | ReleaseNumberClaim;
