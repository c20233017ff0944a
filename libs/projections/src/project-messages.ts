import type { AccountCharged, MessageEvent, MessageItem } from '@tollgate/domain';
import type { Projectable } from './project';
import {
  messageKey,
  messagesByChannelIndex,
  messagesByStatusIndex,
  messagesIndex,
  messagesToIndex,
  type MessageRow,
} from './read-models';
import type { WriteSet } from './write-set';

/** A charge for a message is the order to deliver it. */
export function projectOrder(
  projectable: Projectable<AccountCharged>,
  item: MessageItem,
  into: WriteSet,
): void {
  const { ownerId: teamId, sortKey } = projectable;
  const row = messageRow(projectable, item);
  const { id, accountId, channel, recipient, status } = row;
  const key = messageKey(teamId, id);
  into.put(key, row);
  into.list(messagesIndex(teamId, accountId), sortKey, key);
  into.list(messagesByChannelIndex(teamId, accountId, channel), sortKey, key);
  if (recipient !== null) into.list(messagesToIndex(teamId, accountId, recipient), sortKey, key);
  listStatus({ teamId, accountId, messageId: id }, status, into);
}

export function projectMessages(
  { event, metadata: { at: updatedAt } }: Projectable<MessageEvent>,
  into: WriteSet,
): void {
  const { teamId, messageId } = event.data;
  const key = messageKey(teamId, messageId);
  const status = statusAfter(event);
  into.merge(key, { status, updatedAt });
  listStatus(event.data, status, into);
  if (event.type === 'MessageSent') {
    const { providerMessageId } = event.data;
    into.merge(key, { providerMessageId });
  }
  if (event.type === 'MessageFailed') {
    const { errorCode, errorMessage } = event.data;
    into.merge(key, { errorCode, errorMessage });
  }
}

/** A message has one status at a time; what else it is listed by stays as it is. */
function listStatus(
  { teamId, accountId, messageId }: MessageEvent['data'],
  status: MessageRow['status'],
  into: WriteSet,
): void {
  const index = messagesByStatusIndex(teamId, accountId, status);
  into.relist(messageKey(teamId, messageId), 'status', [{ index, sortKey: messageId }]);
}

function statusAfter({ type }: MessageEvent): MessageRow['status'] {
  switch (type) {
    case 'MessageSent':
      return 'sent';
    case 'MessageDelivered':
      return 'delivered';
    case 'MessageFailed':
      return 'failed';
  }
}

function messageRow(
  { event, metadata, ownerId: teamId }: Projectable<AccountCharged>,
  item: MessageItem,
): MessageRow {
  const { accountId, chargeId, amount } = event.data;
  return {
    id: item.id,
    accountId,
    teamId,
    chargeId,
    to: item.to ?? null,
    channel: item.channel,
    messageType: item.messageType,
    environment: item.environment,
    content: item.content ?? null,
    sealed: item.sealed ?? null,
    recipient: item.recipient ?? null,
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
