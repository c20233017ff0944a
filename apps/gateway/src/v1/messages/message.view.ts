import { dollarsExact, type AccountCharged, type JsonObject } from '@tollgate/domain';
import type { MessageRow } from '@tollgate/projections';
import { present } from '../../http/present';

export interface MessageView extends JsonObject {
  readonly id: string;
  /** Empty once the recipient was erased. */
  readonly to: string;
  readonly channel: string;
  readonly messageType: string;
  readonly status: string;
  readonly direction: 'outbound';
  /** US dollars; 0 once a failed message was refunded. */
  readonly cost: number;
  readonly costProvider: number | null;
  readonly costTotal: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is sealed of a message: to whom it goes, and what it says. */
export interface OpenedMessage {
  readonly to: string;
  readonly content: JsonObject;
}

type ShownRow = Pick<
  MessageRow,
  | 'id'
  | 'channel'
  | 'messageType'
  | 'senderId'
  | 'cost'
  | 'status'
  | 'providerMessageId'
  | 'errorCode'
  | 'errorMessage'
  | 'createdAt'
  | 'updatedAt'
>;

export function messageView(row: ShownRow, { to, content: said }: OpenedMessage): MessageView {
  const { text, content, subject, metadata } = said;
  const { senderId, providerMessageId } = row;
  const cost = row.status === 'failed' ? 0 : dollarsExact(row.cost);
  return {
    id: row.id,
    to,
    ...present({ senderId, text, content, subject, metadata, providerMessageId }),
    channel: row.channel,
    messageType: row.messageType,
    status: row.status,
    direction: 'outbound',
    cost,
    costProvider: null,
    costTotal: cost,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

/**
 * A message as it was accepted, before any read model shows it.
 * @param opened from the request itself: a repeat has the same body.
 */
export function acceptedMessageView(
  { data }: AccountCharged,
  opened: OpenedMessage,
  at: number,
): MessageView {
  const { item, amount, chargeId } = data;
  if (item.type !== 'message') throw new Error(`${chargeId} did not charge a message`);
  const { id, channel, messageType, senderId = null } = item;
  const nothingYet = { providerMessageId: null, errorCode: null, errorMessage: null };
  const row = { id, channel, messageType, senderId, cost: amount, ...nothingYet };
  return messageView({ ...row, status: 'queued', createdAt: at, updatedAt: at }, opened);
}
