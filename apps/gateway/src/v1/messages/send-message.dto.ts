import { RECIPIENT_MAX } from '@tollgate/contracts';
import { ChoiceField, FlagField, JsonField, TextField } from '../../http/fields';
import { ObjectListField, TextMapField } from '../../http/list-fields';

export const CHANNELS = [
  'sms',
  'sms_oneway',
  'whatsapp',
  'telegram',
  'email',
  'instagram',
  'messenger',
  'voice',
] as const;

export type Channel = (typeof CHANNELS)[number];

export const MESSAGE_TYPES = [
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
] as const;

const TEXT_MAX = 10_000;
const HTML_MAX = 100_000;
const CONTENT_BYTES_MAX = 65_536;
const ATTACHMENTS_MAX = 50;
const ATTACHMENT_TEXT_MAX = 200_000;

export class AttachmentDto {
  @TextField({ max: 255 })
  filename!: string;

  @TextField({ max: ATTACHMENT_TEXT_MAX, optional: true, description: 'Base64.' })
  content?: string;

  @TextField({ max: 2_000, optional: true, description: 'An URL.' })
  path?: string;

  @TextField({ max: 255, optional: true })
  content_type?: string;

  @TextField({ max: 100, optional: true })
  content_id?: string;
}

export class SendMessageDto {
  @TextField({ max: RECIPIENT_MAX, description: 'E.164 number, e-mail address or chat id.' })
  to!: string;

  @ChoiceField(['auto', ...CHANNELS], { optional: true, description: 'Default auto.' })
  channel?: Channel | 'auto';

  @ChoiceField(MESSAGE_TYPES, { optional: true, description: 'Default text.' })
  messageType?: (typeof MESSAGE_TYPES)[number];

  @TextField({ max: TEXT_MAX, optional: true, description: 'Body or caption.' })
  text?: string;

  @JsonField({ bytesMax: CONTENT_BYTES_MAX, optional: true })
  content?: Record<string, unknown>;

  @TextField({ max: 998, optional: true, description: 'Required for e-mail.' })
  subject?: string;

  @TextField({ max: HTML_MAX, optional: true })
  htmlBody?: string;

  @TextField({ max: 320, optional: true })
  replyTo?: string;

  @ObjectListField(() => AttachmentDto, { itemsMax: ATTACHMENTS_MAX, optional: true })
  attachments?: AttachmentDto[];

  @TextField({ max: 255, optional: true, description: 'A repeat is answered with 409.' })
  idempotencyKey?: string;

  @TextMapField({ optional: true })
  metadata?: Record<string, string>;

  @FlagField({ optional: true, description: 'Default true.' })
  fallbackEnabled?: boolean;

  @TextField({ max: 35, optional: true })
  voiceLanguage?: string;
}
