import { decodeEvent, type DecodedEvent, type StoredDomainEvent } from '@tollgate/contracts';
import type { RecordedEvent } from '@tollgate/ports';

/** The category of the streams that each event may be in: what their names begin with. */
const categories: Readonly<Record<StoredDomainEvent['type'], string>> = {
  TeamOpened: 'team',
  BalanceToppedUp: 'team',
  BalanceAdjusted: 'team',
  SubAccountCreated: 'team',
  SubAccountUpdated: 'team',
  CreditLimitSet: 'team',
  SubAccountSuspended: 'team',
  SubAccountReactivated: 'team',
  SubAccountDeactivated: 'team',
  ApiKeyIssued: 'team',
  ApiKeyRevoked: 'team',
  AccountCharged: 'team',
  ChargeRefunded: 'team',
  MessageSent: 'message',
  MessageDelivered: 'message',
  MessageFailed: 'message',
  ContactCreated: 'contacts',
  ContactUpdated: 'contacts',
  ContactChannelAdded: 'contacts',
  ContactChannelUpdated: 'contacts',
  PrimaryChannelSet: 'contacts',
  ContactChannelRemoved: 'contacts',
  ContactsMerged: 'contacts',
  ContactDeleted: 'contacts',
  SenderCreated: 'senders',
  SenderUpdated: 'senders',
  DefaultSenderSet: 'senders',
  SenderDeleted: 'senders',
  WebhookSecretRegenerated: 'senders',
  NumberAdded: 'senders',
  NumberRenamed: 'senders',
  NumberAssigned: 'senders',
  NumberRenewed: 'senders',
  NumberSuspended: 'senders',
  NumberReleased: 'senders',
  NumberClaimed: 'number',
  NumberClaimReleased: 'number',
};

/**
 * Decodes what is stored, never what a reader kept beside it: an audit is about the bytes.
 * @throws SyntaxError | TypeError when they are not an event.
 * @throws RangeError for a type or a version that is not known, or not in such a stream.
 */
export function decodeStored({ stream, type, data, metadata }: RecordedEvent): DecodedEvent {
  if (isKnown(type) && !stream.startsWith(`${categories[type]}-`)) {
    throw new RangeError('no event of such a stream');
  }
  const decoded = decodeEvent({ type, data, metadata });
  if (typeof decoded.event.data !== 'object' || decoded.event.data === null) {
    throw new TypeError('the data is not an object');
  }
  return decoded;
}

const isKnown = (type: string): type is StoredDomainEvent['type'] =>
  Object.hasOwn(categories, type);

export const problemOf = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault);
