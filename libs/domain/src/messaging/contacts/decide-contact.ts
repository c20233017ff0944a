import { accept, presentFields, recall, refuse, refuseReused } from '../../kernel';
import type { CreateContact, DeleteContact, RecordRecipient, UpdateContact } from './commands';
import { haveSharedId, takenOf, tooManyChannels, withPrimaries } from './channels';
import type { ContactDecision } from './decide';
import type { ContactEvent } from './events';
import type { ContactRejection } from './rejections';
import { ownerOf, type Contact, type ContactsState } from './state';

/** An account may have this many contacts. */
export const CONTACTS_MAX = 1_000_000;

const tooManyContacts: ContactRejection = { code: 'too_many', what: 'contacts', max: CONTACTS_MAX };

export function decideCreate(command: CreateContact, state: ContactsState): ContactDecision {
  const { contactId, channels, displayName, metadata } = command.data;
  if (channels.length === 0) return refuse({ code: 'last_channel' });
  const tooMany = tooManyChannels(channels.length);
  if (tooMany !== undefined) return refuse(tooMany);
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (state.contacts.has(contactId) || haveSharedId(channels)) return refuseReused(command.id);
  const taken = takenOf(channels, state);
  if (taken !== undefined) return refuse({ code: 'identifier_taken', channel: taken.channel });
  if (state.contacts.size >= CONTACTS_MAX) return refuse(tooManyContacts);
  const more = presentFields({ displayName, metadata });
  return accept<ContactEvent>({
    type: 'ContactCreated',
    data: { contactId, channels: withPrimaries(channels), ...more },
  });
}

export function decideRecipient(command: RecordRecipient, state: ContactsState): ContactDecision {
  const { contactId, channel } = command.data;
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (ownerOf(channel, state) !== undefined) return accept<ContactEvent>();
  if (state.contacts.has(contactId)) return refuseReused(command.id);
  if (state.contacts.size >= CONTACTS_MAX) return refuse(tooManyContacts);
  const channels = withPrimaries([channel]);
  return accept<ContactEvent>({ type: 'ContactCreated', data: { contactId, channels } });
}

export function decideUpdate(command: UpdateContact, state: ContactsState): ContactDecision {
  const { contactId, displayName, metadata, defaultChannel } = command.data;
  const contact = state.contacts.get(contactId);
  if (contact === undefined) return refuse({ code: 'contact_not_found', contactId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (defaultChannel && !contact.channels.some(({ channel }) => channel === defaultChannel)) {
    return refuse({ code: 'channel_not_available', channel: defaultChannel });
  }
  const changes = presentFields({ displayName, metadata, ...newDefault(command, contact) });
  if (Object.keys(changes).length === 0) return accept<ContactEvent>();
  return accept<ContactEvent>({ type: 'ContactUpdated', data: { contactId, ...changes } });
}

export function decideDelete(command: DeleteContact, state: ContactsState): ContactDecision {
  const { contactId } = command.data;
  const contact = state.contacts.get(contactId);
  if (contact === undefined) return refuse({ code: 'contact_not_found', contactId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const fingerprints = new Set(contact.channels.map(({ fingerprint }) => fingerprint));
  const subjects = [contactId, ...(state.merged.get(contactId) ?? []), ...fingerprints];
  return accept<ContactEvent>({ type: 'ContactDeleted', data: { contactId, subjects } });
}

function newDefault(
  { data: { defaultChannel } }: UpdateContact,
  contact: Contact,
): Pick<UpdateContact['data'], 'defaultChannel'> {
  const isNew = defaultChannel !== undefined && defaultChannel !== contact.defaultChannel;
  return isNew ? { defaultChannel } : {};
}
