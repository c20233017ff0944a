import type Zavudev from '@zavudev/sdk';
import {
  amount,
  asGiven,
  count,
  flag,
  idOf,
  isoTime,
  listOf,
  nothing,
  oneOf,
  orNull,
  someText,
  text,
  textMap,
  url,
} from '../checks';
import { absent, object, optional } from '../shape';

/** The client knows no subject of a message, and passes on what it does not know. */
interface Besides {
  readonly subject?: string;
}

export const message = object<Zavudev.Message & Besides>({
  id: idOf('msg'),
  channel: oneOf(
    'sms',
    'sms_oneway',
    'whatsapp',
    'telegram',
    'email',
    'instagram',
    'messenger',
    'voice',
  ),
  createdAt: isoTime,
  direction: oneOf('outbound'),
  messageType: oneOf(
    'text',
    'image',
    'video',
    'audio',
    'document',
    'sticker',
    'location',
    'contact',
    'buttons',
    'list',
    'cta_url',
    'request_contact_info',
    'location_request',
    'reaction',
    'template',
  ),
  status: oneOf('queued', 'sent', 'delivered', 'failed'),
  to: someText,
  content: optional(asGiven<Zavudev.MessageContent>()),
  conversationId: absent,
  cost: amount,
  costProvider: nothing,
  costTotal: amount,
  errorCode: orNull(someText),
  errorMessage: orNull(someText),
  from: absent,
  metadata: optional(textMap),
  providerMessageId: optional(someText),
  senderId: optional(idOf('snd')),
  subject: optional(someText),
  text: optional(text),
  updatedAt: isoTime,
});

export const messageAnswer = object<Zavudev.MessageResponse>({ message });

type Attachment = Zavudev.MessageListAttachmentsResponse['items'][number];

export const attachments = object<Zavudev.MessageListAttachmentsResponse>({
  items: listOf(
    object<Attachment>({
      id: someText,
      contentId: orNull(someText),
      createdAt: isoTime,
      downloadUrl: orNull(url),
      filename: someText,
      isInline: flag,
      mimeType: someText,
      size: count,
    }),
  ),
});
