import {
  contactIdOf,
  type AddContactChannel,
  type ContactChannelKind,
  type ContactCommand,
  type ContactCreated,
  type CreateContact,
  type DeleteContact,
  type MergeContacts,
  type NewContactChannel,
  type RecordRecipient,
  type RemoveContactChannel,
  type SetPrimaryChannel,
  type UpdateContact,
  type UpdateContactChannel,
} from '@tollgate/domain';
import { commandIdAt } from './ids';
import { messagingEnvelope, type MessagingEnvelope } from './specified-aggregate';

export const contactId = contactIdOf(commandIdAt(2e12));
export const otherContactId = contactIdOf(commandIdAt(2e12 + 1));

/** Of somebody, whose identifier is the same on every channel. */
export function aChannel(
  channel: ContactChannelKind,
  who: string,
  more: Partial<NewContactChannel> = {},
): NewContactChannel {
  return {
    channelId: `chn_${channel}_${who}`,
    channel,
    fingerprint: `rcp_${who}`,
    isPrimary: false,
    verified: false,
    address: `sealed ${who}`,
    ...more,
  };
}

export function aPrimary(
  channel: ContactChannelKind,
  who: string,
  more: Partial<NewContactChannel> = {},
): NewContactChannel {
  return aChannel(channel, who, { isPrimary: true, ...more });
}

/** A contact of the past. */
export function contactCreated(
  channels: readonly NewContactChannel[],
  id = contactId,
): ContactCreated {
  return { type: 'ContactCreated', data: { contactId: id, channels } };
}

function command<Command extends ContactCommand>(
  type: Command['type'],
  data: Command['data'],
  as: MessagingEnvelope,
): Command {
  return { ...messagingEnvelope, ...as, type, data } as Command;
}

export function createContact(
  data: Partial<CreateContact['data']> = {},
  as: MessagingEnvelope = {},
): CreateContact {
  const channels = [aChannel('sms', 'ada')];
  return command<CreateContact>('CreateContact', { contactId, channels, ...data }, as);
}

export function recordRecipient(
  channel: NewContactChannel,
  as: MessagingEnvelope = {},
  id = contactId,
): RecordRecipient {
  return command<RecordRecipient>('RecordRecipient', { contactId: id, channel }, as);
}

export function updateContact(
  data: Partial<UpdateContact['data']>,
  as: MessagingEnvelope = {},
): UpdateContact {
  return command<UpdateContact>('UpdateContact', { contactId, ...data }, as);
}

export function addContactChannel(
  channel: NewContactChannel,
  as: MessagingEnvelope = {},
  id = contactId,
): AddContactChannel {
  return command<AddContactChannel>('AddContactChannel', { contactId: id, channel }, as);
}

type OfChannel<Data> = Partial<Data> & { readonly channelId: string };

export function updateContactChannel(
  data: OfChannel<UpdateContactChannel['data']>,
  as: MessagingEnvelope = {},
): UpdateContactChannel {
  return command<UpdateContactChannel>('UpdateContactChannel', { contactId, ...data }, as);
}

export function setPrimaryChannel(
  data: OfChannel<SetPrimaryChannel['data']>,
  as: MessagingEnvelope = {},
): SetPrimaryChannel {
  return command<SetPrimaryChannel>('SetPrimaryChannel', { contactId, ...data }, as);
}

export function removeContactChannel(
  data: OfChannel<RemoveContactChannel['data']>,
  as: MessagingEnvelope = {},
): RemoveContactChannel {
  return command<RemoveContactChannel>('RemoveContactChannel', { contactId, ...data }, as);
}

export function mergeContacts(
  data: Pick<MergeContacts['data'], 'channels'> & Partial<MergeContacts['data']>,
  as: MessagingEnvelope = {},
): MergeContacts {
  const all = { contactId, sourceContactId: otherContactId, ...data };
  return command<MergeContacts>('MergeContacts', all, as);
}

export function deleteContact(
  data: Partial<DeleteContact['data']> = {},
  as: MessagingEnvelope = {},
): DeleteContact {
  return command<DeleteContact>('DeleteContact', { contactId, ...data }, as);
}
