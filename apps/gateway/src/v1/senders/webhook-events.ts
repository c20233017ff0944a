/** The types of events that a webhook can ask for. Tollgate sends those of messages. */
export const WEBHOOK_EVENT_TYPES = [
  'message.queued',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.status',
  'message.failed',
  'message.inbound',
  'message.unsupported',
  'broadcast.status_changed',
  'conversation.new',
  'template.status_changed',
  'invitation.status_changed',
  'call.initiated',
  'call.answered',
  'call.completed',
  'call.failed',
  'domain.verified',
  'domain.failed',
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];
