import {
  phoneNumberIdOf,
  senderIdOf,
  type AddNumber,
  type CreateSender,
  type DeleteSender,
  type NumberAdded,
  type NumberTerms,
  type RegenerateWebhookSecret,
  type ReleaseNumber,
  type RenewNumber,
  type SenderCommand,
  type SenderCreated,
  type SuspendNumber,
  type UpdateNumber,
  type UpdateSender,
} from '@tollgate/domain';
import { commandIdAt, specTime } from './ids';
import { messagingEnvelope, type MessagingEnvelope } from './specified-aggregate';

export const senderId = senderIdOf(commandIdAt(3e12));
export const otherSenderId = senderIdOf(commandIdAt(3e12 + 1));
export const numberId = phoneNumberIdOf(commandIdAt(4e12));
export const otherNumberId = phoneNumberIdOf(commandIdAt(4e12 + 1));
export const phoneNumber = '+14155550100';
export const otherPhoneNumber = '+14155550101';

/** A month from when specifications take place. */
export const paidUntil = specTime + 30 * 24 * 3_600_000;

export const numberTerms: NumberTerms = {
  capabilities: { sms: true, voice: true, mms: false },
  monthlyPrice: 1_250_000,
  upfrontPrice: 0,
  isFree: false,
};

/** The first sender of the past, and so the default one, unless `more` says otherwise. */
export function senderCreated(more: Partial<SenderCreated['data']> = {}): SenderCreated {
  const data = { senderId, name: 'Acme', isDefault: true, smsOneway: false, voice: false, ...more };
  return { type: 'SenderCreated', data };
}

export function numberAdded(more: Partial<NumberAdded['data']> = {}): NumberAdded {
  const data = { numberId, phoneNumber, chargeId: 'chg_1', paidUntil, ...numberTerms, ...more };
  return { type: 'NumberAdded', data };
}

function command<Command extends SenderCommand>(
  type: Command['type'],
  data: Command['data'],
  as: MessagingEnvelope,
): Command {
  return { ...messagingEnvelope, ...as, type, data } as Command;
}

export function createSender(
  data: Partial<CreateSender['data']> = {},
  as: MessagingEnvelope = {},
): CreateSender {
  return command<CreateSender>('CreateSender', { senderId, name: 'Acme', ...data }, as);
}

export function updateSender(
  data: Partial<UpdateSender['data']>,
  as: MessagingEnvelope = {},
): UpdateSender {
  return command<UpdateSender>('UpdateSender', { senderId, ...data }, as);
}

export function deleteSender(
  data: Partial<DeleteSender['data']> = {},
  as: MessagingEnvelope = {},
): DeleteSender {
  return command<DeleteSender>('DeleteSender', { senderId, ...data }, as);
}

export function regenerateSecret(
  data: Partial<RegenerateWebhookSecret['data']> = {},
  as: MessagingEnvelope = {},
): RegenerateWebhookSecret {
  const all = { senderId, ...data };
  return command<RegenerateWebhookSecret>('RegenerateWebhookSecret', all, as);
}

export function addNumber(
  data: Partial<AddNumber['data']> = {},
  as: MessagingEnvelope = {},
): AddNumber {
  return command<AddNumber>('AddNumber', numberAdded(data).data, as);
}

export function updateNumber(
  data: Partial<UpdateNumber['data']>,
  as: MessagingEnvelope = {},
): UpdateNumber {
  return command<UpdateNumber>('UpdateNumber', { numberId, ...data }, as);
}

export function renewNumber(
  data: Partial<RenewNumber['data']> & Pick<RenewNumber['data'], 'paidUntil'>,
  as: MessagingEnvelope = {},
): RenewNumber {
  return command<RenewNumber>('RenewNumber', { numberId, chargeId: 'chg_2', ...data }, as);
}

export function suspendNumber(
  data: Partial<SuspendNumber['data']> = {},
  as: MessagingEnvelope = {},
): SuspendNumber {
  const all = { numberId, reason: 'insufficient_balance', ...data };
  return command<SuspendNumber>('SuspendNumber', all, as);
}

export function releaseNumber(
  data: Partial<ReleaseNumber['data']> = {},
  as: MessagingEnvelope = {},
): ReleaseNumber {
  return command<ReleaseNumber>('ReleaseNumber', { numberId, ...data }, as);
}
