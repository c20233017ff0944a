import type {
  ClaimNumber,
  NumberClaimed,
  NumberClaimReleased,
  NumberOrder,
  ReleaseNumberClaim,
} from '@tollgate/domain';
import { mainAccountId, teamId } from './ids';
import { numberId, numberTerms, phoneNumber } from './senders-commands';
import { messagingEnvelope, type MessagingEnvelope } from './specified-aggregate';

export function numberOrder(more: Partial<NumberOrder> = {}): NumberOrder {
  return { numberId, phoneNumber, accountId: mainAccountId, teamId, ...numberTerms, ...more };
}

export function numberClaimed(more: Partial<NumberOrder> = {}): NumberClaimed {
  return { type: 'NumberClaimed', data: numberOrder(more) };
}

export function claimReleased(id = numberId): NumberClaimReleased {
  return { type: 'NumberClaimReleased', data: { numberId: id } };
}

export function claimNumber(
  more: Partial<NumberOrder> = {},
  as: MessagingEnvelope = {},
): ClaimNumber {
  return { ...messagingEnvelope, ...as, type: 'ClaimNumber', data: numberOrder(more) };
}

export function releaseClaim(id = numberId, as: MessagingEnvelope = {}): ReleaseNumberClaim {
  const data = { phoneNumber, numberId: id };
  return { ...messagingEnvelope, ...as, type: 'ReleaseNumberClaim', data };
}
