import { badRequest, invalidRequest, type ApiError } from '@tollgate/contracts';
import { isSms } from '@tollgate/domain';
import { identifierRule, isIdentifierOf } from '../../http/identifiers';
import type { Channel, SendMessageDto } from './send-message.dto';
import type { ChosenSender } from './sender-choice';

const SMS_TEXT_MAX = 1_600;
/** What goes out from the sender's own number. */
const NUMBER_CHANNELS: readonly Channel[] = ['sms', 'voice'];

/** The channel that a message goes by: as asked, else by recipient, kind of message and sender. */
export function channelOf(
  { channel, to, messageType = 'text' }: SendMessageDto,
  sender?: ChosenSender,
): Channel {
  if (channel !== undefined && channel !== 'auto') return channel;
  if (to.includes('@')) return 'email';
  if (messageType !== 'text') return 'whatsapp';
  const { channels = [] } = sender ?? {};
  return channels.includes('sms_oneway') && !channels.includes('sms') ? 'sms_oneway' : 'sms';
}

/** Rules that join several fields. @throws ApiError invalid_request */
export function checkMessage(body: SendMessageDto, channel: Channel): void {
  const { to, text, htmlBody, subject, messageType = 'text' } = body;
  if (!isIdentifierOf(channel, to)) throw fault('to', identifierRule(channel));
  if (messageType === 'text' && text === undefined && htmlBody === undefined) {
    throw fault('text', 'is required for a text message');
  }
  if (isSms(channel)) checkSms(body);
  checkAttachments(body);
  if (channel === 'email' && subject === undefined) {
    throw fault('subject', 'is required on the channel email');
  }
}

/** @throws ApiError bad_request for a sender that can't use its number. */
export function checkSender(sender: ChosenSender | undefined, channel: Channel): void {
  if (sender?.hasSuspendedNumber !== true || !NUMBER_CHANNELS.includes(channel)) return;
  throw badRequest("The sender's phone number is suspended");
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

export function fault(field: string, message: string): ApiError {
  return invalidRequest([{ path: [field], message }]);
}
