import { isEmail } from 'class-validator';

/* Whom a channel reaches: the forms that an identifier can have. */

export const E164 = /^\+[1-9]\d{6,14}$/;
const CHAT_ID = /^-?\d{1,20}$/;
/** WhatsApp's own ids of people who keep their number to themselves. */
const BUSINESS_SCOPED_ID = /^[\w.]+$/;

const PHONE_CHANNELS: readonly string[] = ['sms', 'sms_oneway', 'voice'];

export function isIdentifierOf(channel: string, text: string): boolean {
  if (channel === 'email') return isEmail(text);
  if (PHONE_CHANNELS.includes(channel)) return E164.test(text);
  if (E164.test(text) || CHAT_ID.test(text)) return true;
  return channel === 'whatsapp' && BUSINESS_SCOPED_ID.test(text);
}

/** What to say of a text that is no identifier of the channel. */
export function identifierRule(channel: string): string {
  if (channel === 'email') return 'must be an e-mail address on the channel email';
  if (PHONE_CHANNELS.includes(channel)) {
    return `must be a phone number in E.164 form (+14155550100) on the channel ${channel}`;
  }
  return `must be a phone number in E.164 form or a chat id on the channel ${channel}`;
}
