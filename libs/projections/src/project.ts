import type { StoredDomainEvent } from '@tollgate/contracts';
import type { ContactEvent, EventMetadata } from '@tollgate/domain';
import type { OpenedContactEvent } from './opened-events';
import { projectAccess } from './project-access';
import { projectAccounts } from './project-accounts';
import { projectContacts } from './project-contacts';
import { projectMessages } from './project-messages';
import { projectMoney } from './project-money';
import { projectClaims, projectNumbers } from './project-numbers';
import { projectSenders } from './project-senders';
import type { WriteSet } from './write-set';

export type ProjectableEvent = Exclude<StoredDomainEvent, ContactEvent> | OpenedContactEvent;

/** An event with what its rows take from its place in the log. */
export interface Projectable<Event = ProjectableEvent> {
  readonly event: Event;
  readonly metadata: EventMetadata;
  /**
   * Whose it is: the id of a team, for what happens to it and to its messages, that of an account
   * for its contacts, senders and numbers, and the digits of a phone number for who claims it.
   */
  readonly ownerId: string;
  /** Orders rows in indexes as the log orders their events. */
  readonly sortKey: string;
}

/** What one event changes in the read models. Sets values, never increments. */
export function project(projectable: Projectable, into: WriteSet): void {
  const { event } = projectable;
  switch (event.type) {
    case 'AccountCharged':
    case 'ChargeRefunded':
    case 'BalanceToppedUp':
    case 'BalanceAdjusted':
      return projectMoney({ ...projectable, event }, into);
    case 'ApiKeyIssued':
    case 'ApiKeyRevoked':
      return projectAccess({ ...projectable, event }, into);
    case 'MessageSent':
    case 'MessageDelivered':
    case 'MessageFailed':
      return projectMessages({ ...projectable, event }, into);
    case 'TeamOpened':
    case 'CreditLimitSet':
    case 'SubAccountCreated':
    case 'SubAccountUpdated':
    case 'SubAccountSuspended':
    case 'SubAccountReactivated':
    case 'SubAccountDeactivated':
      return projectAccounts({ ...projectable, event }, into);
    default:
      return projectMessaging({ ...projectable, event }, into);
  }
}

type MessagingEvent =
  | Extract<ProjectableEvent, { type: `Contact${string}` | `Sender${string}` | `Number${string}` }>
  | Extract<
      ProjectableEvent,
      { type: 'PrimaryChannelSet' | 'DefaultSenderSet' | 'WebhookSecretRegenerated' }
    >;

function projectMessaging(projectable: Projectable<MessagingEvent>, into: WriteSet): void {
  const { event } = projectable;
  switch (event.type) {
    case 'SenderCreated':
    case 'SenderUpdated':
    case 'DefaultSenderSet':
    case 'SenderDeleted':
    case 'WebhookSecretRegenerated':
      return projectSenders({ ...projectable, event }, into);
    case 'NumberAdded':
    case 'NumberRenamed':
    case 'NumberAssigned':
    case 'NumberRenewed':
    case 'NumberSuspended':
    case 'NumberReleased':
      return projectNumbers({ ...projectable, event }, into);
    case 'NumberClaimed':
    case 'NumberClaimReleased':
      return projectClaims({ ...projectable, event }, into);
    default:
      return projectContacts({ ...projectable, event }, into);
  }
}
