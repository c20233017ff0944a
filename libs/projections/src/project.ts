import type { StoredDomainEvent } from '@tollgate/contracts';
import type { EventMetadata, MessageEvent } from '@tollgate/domain';
import { projectAccess } from './project-access';
import { projectAccounts } from './project-accounts';
import { projectMoney } from './project-money';
import { messageKey } from './read-models';
import type { WriteSet } from './write-set';

/** An event with what its rows take from its place in the log. */
export interface Projectable<Event = StoredDomainEvent> {
  readonly event: Event;
  readonly metadata: EventMetadata;
  readonly teamId: string;
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
      return projectMessage({ ...projectable, event }, into);
    default:
      return projectAccounts({ ...projectable, event }, into);
  }
}

function projectMessage(
  { event, metadata: { at: updatedAt }, teamId }: Projectable<MessageEvent>,
  into: WriteSet,
): void {
  const key = messageKey(teamId, event.data.messageId);
  switch (event.type) {
    case 'MessageSent':
      return into.merge(key, {
        status: 'sent',
        updatedAt,
        providerMessageId: event.data.providerMessageId,
      });
    case 'MessageDelivered':
      return into.merge(key, { status: 'delivered', updatedAt });
    case 'MessageFailed':
      return into.merge(key, {
        status: 'failed',
        updatedAt,
        errorCode: event.data.errorCode,
        errorMessage: event.data.errorMessage,
      });
  }
}
