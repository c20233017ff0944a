import {
  commandIdOf,
  decodeEvent,
  idInStream,
  isMessageStream,
  isTeamStream,
} from '@tollgate/contracts';
import type { MessageItem, WEBHOOK_EVENTS } from '@tollgate/domain';
import type { Digest, RecordedEvent } from '@tollgate/ports';

export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** Something that happened to a message, of which its sender's webhook may be told. */
export interface WebhookEvent {
  /** Belongs to the event: the same whoever makes it, and however often. */
  readonly id: string;
  readonly type: WebhookEventType;
  /** Unix ms: when it happened. */
  readonly at: number;
  readonly teamId: string;
  readonly accountId: string;
  readonly senderId: string;
  readonly messageId: string;
  readonly chargeId: string;
  readonly failure?: { readonly errorCode: string; readonly errorMessage: string };
  /** What was ordered, when this is the order. */
  readonly item?: MessageItem;
  readonly place: EventPlace;
}

/** Where an event stands in the log. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
}

const TYPES: Readonly<Record<string, WebhookEventType>> = {
  AccountCharged: 'message.queued',
  MessageSent: 'message.sent',
  MessageDelivered: 'message.delivered',
  MessageFailed: 'message.failed',
};

/** Undefined for any event that no webhook is told of. */
export function webhookEventIn(recorded: RecordedEvent, digest: Digest): WebhookEvent | undefined {
  const type = TYPES[recorded.type];
  // Most messages name no sender, and are told apart without being read.
  if (type === undefined || !recorded.data.includes('"senderId":')) return undefined;
  const subject = subjectOf(recorded);
  if (subject === undefined) return undefined;
  const { stream, revision } = recorded;
  const id = commandIdOf(`webhook:${stream}:${revision}`, (text) => digest.sha256(text));
  return { id: `evt_${id}`, type, ...subject, place: { stream, revision } };
}

type Subject = Omit<WebhookEvent, 'id' | 'type' | 'place'>;

function subjectOf(recorded: RecordedEvent): Subject | undefined {
  if (isTeamStream(recorded.stream)) return orderIn(recorded);
  return isMessageStream(recorded.stream) ? stepIn(recorded) : undefined;
}

function orderIn(recorded: RecordedEvent): Subject | undefined {
  const { event, metadata } = decodeEvent(recorded);
  if (event.type !== 'AccountCharged' || event.data.item.type !== 'message') return undefined;
  const { accountId, chargeId, item } = event.data;
  const { id: messageId, senderId } = item;
  if (senderId === undefined) return undefined;
  const teamId = idInStream(recorded.stream);
  return { at: metadata.at, teamId, accountId, senderId, messageId, chargeId, item };
}

function stepIn(recorded: RecordedEvent): Subject | undefined {
  const { event, metadata } = decodeEvent(recorded);
  const isStep = event.type === 'MessageSent' || event.type === 'MessageDelivered';
  if (!isStep && event.type !== 'MessageFailed') return undefined;
  const { teamId, accountId, senderId, messageId, chargeId } = event.data;
  if (senderId === undefined || chargeId === undefined) return undefined;
  const subject = { at: metadata.at, teamId, accountId, senderId, messageId, chargeId };
  if (event.type !== 'MessageFailed') return subject;
  const { errorCode, errorMessage } = event.data;
  return { ...subject, failure: { errorCode, errorMessage } };
}
