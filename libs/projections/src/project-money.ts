import type {
  AccountCharged,
  BalanceAdjusted,
  BalanceToppedUp,
  ChargeRefunded,
  MessageItem,
} from '@tollgate/domain';
import type { Projectable } from './project';
import { accountKey, messageKey, messagesIndex, teamKey, type MessageRow } from './read-models';
import type { WriteSet } from './write-set';

type MoneyEvent = AccountCharged | ChargeRefunded | BalanceToppedUp | BalanceAdjusted;

export function projectMoney(projectable: Projectable<MoneyEvent>, into: WriteSet): void {
  const { event, teamId } = projectable;
  into.merge(teamKey(teamId), { balance: event.data.balanceAfter });
  if (event.type === 'BalanceToppedUp' || event.type === 'BalanceAdjusted') return;
  into.merge(accountKey(teamId, event.data.accountId), { totalSpent: event.data.totalSpentAfter });
  if (event.type === 'AccountCharged' && event.data.item.type === 'message') {
    const row = messageRow({ ...projectable, event }, event.data.item);
    const key = messageKey(teamId, row.id);
    into.put(key, row);
    into.list(messagesIndex(teamId, row.accountId), projectable.sortKey, key);
  }
}

function messageRow(
  { event, metadata, teamId }: Projectable<AccountCharged>,
  item: MessageItem,
): MessageRow {
  const { accountId, chargeId, amount } = event.data;
  return {
    id: item.id,
    accountId,
    teamId,
    chargeId,
    to: item.to,
    channel: item.channel,
    messageType: item.messageType,
    environment: item.environment,
    content: item.content,
    senderId: item.senderId ?? null,
    cost: amount,
    status: 'queued',
    providerMessageId: null,
    errorCode: null,
    errorMessage: null,
    createdAt: metadata.at,
    updatedAt: metadata.at,
  };
}
