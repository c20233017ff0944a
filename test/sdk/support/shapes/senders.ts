import type Zavudev from '@zavudev/sdk';
import {
  email,
  flag,
  idOf,
  isoTime,
  listOf,
  oneOf,
  someText,
  text,
  url,
  webhookSecret,
} from '../checks';
import { absent, object, optional, type Check, type Field } from '../shape';

const webhookEvent = oneOf(
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
);

type Secret = Field<string, boolean>;

const webhookWith = (secret: Secret): Check<Zavudev.SenderWebhook> =>
  object<Zavudev.SenderWebhook>({
    active: flag,
    events: listOf(webhookEvent),
    signatureVersion: oneOf('v1', 'v1+v2', 'v2'),
    url,
    secret,
  });

const senderWith = (webhook: Field<Zavudev.SenderWebhook, boolean>): Check<Zavudev.Sender> =>
  object<Zavudev.Sender>({
    id: idOf('snd'),
    name: someText,
    phoneNumber: text,
    channels: listOf(oneOf('sms', 'sms_oneway', 'voice', 'email')),
    createdAt: isoTime,
    emailAddress: optional(email),
    emailCatchAllEnabled: optional(flag),
    emailReceivingEnabled: optional(flag),
    isDefault: flag,
    updatedAt: isoTime,
    webhook,
    whatsapp: absent,
  });

/** As it is shown whenever its secret is not: the secret is not there. */
export const sender = senderWith(optional(webhookWith(absent)));
/** As the answer shows it that makes its webhook. */
export const senderWithSecret = senderWith(webhookWith(webhookSecret));

export const secretAnswer = object<Zavudev.WebhookSecretResponse>({ secret: webhookSecret });
