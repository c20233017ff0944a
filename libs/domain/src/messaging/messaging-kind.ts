import type { ContactsKind } from './contacts';
import type { NumbersKind } from './numbers';
import type { SendersKind } from './senders';

/** Whatever comes on the command log of messaging. */
export interface MessagingKind {
  readonly state: ContactsKind['state'] | SendersKind['state'] | NumbersKind['state'];
  readonly command: ContactsKind['command'] | SendersKind['command'] | NumbersKind['command'];
  readonly event: ContactsKind['event'] | SendersKind['event'] | NumbersKind['event'];
  readonly rejection:
    ContactsKind['rejection'] | SendersKind['rejection'] | NumbersKind['rejection'];
}

export type MessagingAggregate = 'contacts' | 'senders' | 'numbers';

/** A type that is missing here does not compile. */
const aggregates: Readonly<Record<MessagingKind['command']['type'], MessagingAggregate>> = {
  CreateContact: 'contacts',
  RecordRecipient: 'contacts',
  UpdateContact: 'contacts',
  AddContactChannel: 'contacts',
  UpdateContactChannel: 'contacts',
  SetPrimaryChannel: 'contacts',
  RemoveContactChannel: 'contacts',
  MergeContacts: 'contacts',
  DeleteContact: 'contacts',
  CreateSender: 'senders',
  UpdateSender: 'senders',
  DeleteSender: 'senders',
  RegenerateWebhookSecret: 'senders',
  AddNumber: 'senders',
  UpdateNumber: 'senders',
  RenewNumber: 'senders',
  SuspendNumber: 'senders',
  ReleaseNumber: 'senders',
  ClaimNumber: 'numbers',
  ReleaseNumberClaim: 'numbers',
};

/** Which aggregate a command is for. */
export function messagingAggregateOf({
  type,
}: Pick<MessagingKind['command'], 'type'>): MessagingAggregate {
  return aggregates[type];
}
