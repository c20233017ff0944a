import { isEmail } from 'class-validator';
import { invalidRequest, type ApiError } from '@tollgate/contracts';
import { isSms } from '@tollgate/domain';
import type { Channel, SendMessageDto } from './send-message.dto';

const E164 = /^\+[1-9]\d{6,14}$/;
const CHAT_ID = /^-?\d{1,20}$/;
const SMS_TEXT_MAX = 1_600;
const PHONE_CHANNELS: readonly Channel[] = ['sms', 'sms_oneway', 'voice'];

/** The channel that a message goes by: as asked, else by recipient and kind of message. */
export function channelOf({ channel, to, messageType = 'text' }: SendMessageDto): Channel {
  if (channel !== undefined && channel !== 'auto') return channel;
  if (to.includes('@')) return 'email';
  return messageType === 'text' ? 'sms' : 'whatsapp';
}

/** Rules that join several fields. @throws ApiError invalid_request */
export function checkMessage(body: SendMessageDto, channel: Channel): void {
  const { to, text, htmlBody, subject, messageType = 'text' } = body;
  if (!isRecipient(to, channel)) throw fault('to', recipientRule(channel));
  if (messageType === 'text' && text === undefined && htmlBody === undefined) {
    throw fault('text', 'is required for a text message');
  }
  if (isSms(channel)) checkSms(body);
  checkAttachments(body);
  if (channel === 'email' && subject === undefined) {
    throw fault('subject', 'is required on the channel email');
  }
}

function checkSms({ messageType = 'text', text = '' }: SendMessageDto): void {
  if (messageType !== 'text') throw fault('messageType', 'must be text on the channel sms');
  if (text.length <= SMS_TEXT_MAX) return;
  throw fault('text', `must have at most ${SMS_TEXT_MAX} characters on the channel sms`);
}

function checkAttachments({ attachments = [] }: SendMessageDto): void {
  const bare = attachments.findIndex(
    ({ content, path }) => content === undefined && path === undefined,
  );
  if (bare < 0) return;
  throw invalidRequest([{ path: ['attachments', bare], message: 'needs content or path' }]);
}

function isRecipient(to: string, channel: Channel): boolean {
  if (channel === 'email') return isEmail(to);
  if (PHONE_CHANNELS.includes(channel)) return E164.test(to);
  return E164.test(to) || CHAT_ID.test(to) || (channel === 'whatsapp' && /^[\w.]+$/.test(to));
}

function recipientRule(channel: Channel): string {
  if (channel === 'email') return 'must be an e-mail address on the channel email';
  if (PHONE_CHANNELS.includes(channel)) {
    return `must be a phone number in E.164 form (+14155550100) on the channel ${channel}`;
  }
  return `must be a phone number in E.164 form or a chat id on the channel ${channel}`;
}

export function fault(field: string, message: string): ApiError {
  return invalidRequest([{ path: [field], message }]);
}
