import { dollarsExact, type AccountCharged, type JsonObject } from '@tollgate/domain';
import type { MessageRow } from '@tollgate/projections';

export interface MessageView extends JsonObject {
  readonly id: string;
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

export function messageView(row: MessageRow): MessageView {
  const { text, content, subject, metadata } = row.content;
  const providerMessageId = row.providerMessageId ?? undefined;
  const senderId = row.senderId ?? undefined;
  const cost = row.status === 'failed' ? 0 : dollarsExact(row.cost);
  return {
    id: row.id,
    to: row.to,
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

/** A message as it was accepted, before any read model shows it. */
export function acceptedMessageView({ data }: AccountCharged, at: number): MessageView {
  const { item, amount, accountId, chargeId } = data;
  if (item.type !== 'message') throw new Error(`${chargeId} did not charge a message`);
  return messageView({
    ...item,
    accountId,
    teamId: '',
    chargeId,
    senderId: item.senderId ?? null,
    cost: amount,
    status: 'queued',
    providerMessageId: null,
    errorCode: null,
    errorMessage: null,
    createdAt: at,
    updatedAt: at,
  });
}

function present(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
