import { accept, recall, refuse, refuseReused } from '../../kernel';
import { haveSharedId, tooManyChannels } from './channels';
import type { MergeContacts } from './commands';
import type { ContactDecision } from './decide';
import type { ContactEvent, NewContactChannel } from './events';
import type { Contact, ContactChannel, ContactsState } from './state';

/** So many contacts may end up in one, by merges of merges too. */
export const CONTACTS_MERGED_MAX = 1_000;

export function decideMerge(command: MergeContacts, state: ContactsState): ContactDecision {
  const { contactId, sourceContactId } = command.data;
  const contact = state.contacts.get(contactId);
  if (contact === undefined) return refuse({ code: 'contact_not_found', contactId });
  if (contactId === sourceContactId) return refuse({ code: 'merge_with_itself' });
  const source = state.contacts.get(sourceContactId);
  if (source === undefined) {
    return refuse({ code: 'contact_not_found', contactId: sourceContactId });
  }
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  return decideTogether(command, state, { contact, source });
}

function decideTogether(
  command: MergeContacts,
  state: ContactsState,
  { contact, source }: { readonly contact: Contact; readonly source: Contact },
): ContactDecision {
  const { contactId, sourceContactId } = command.data;
  const channels = asInSource(command.data.channels, source);
  if (channels === undefined) {
    return refuse({ code: 'contact_changed', contactId: sourceContactId });
  }
  if (haveSharedId([...contact.channels, ...channels])) return refuseReused(command.id);
  const tooMany = tooManyChannels(contact.channels.length + channels.length);
  if (tooMany !== undefined) return refuse(tooMany);
  if (mergedCount(contactId, state) + mergedCount(sourceContactId, state) >= CONTACTS_MERGED_MAX) {
    return refuse({ code: 'too_many', what: 'contacts merged into one', max: CONTACTS_MERGED_MAX });
  }
  const moved = channels.map((channel) => {
    return { ...channel, isPrimary: channel.isPrimary && !hasKind(contact, channel) };
  });
  return accept<ContactEvent>({
    type: 'ContactsMerged',
    data: { contactId, sourceContactId, channels: moved },
  });
}

/** In the order of the source, and primary as there. Undefined when they are not its channels. */
function asInSource(
  channels: readonly NewContactChannel[],
  source: Contact,
): readonly NewContactChannel[] | undefined {
  const found = source.channels.flatMap((known) => {
    const channel = channels.find(({ channelId }) => channelId === known.channelId);
    if (channel === undefined || !isSame(channel, known)) return [];
    return [{ ...channel, isPrimary: known.isPrimary }];
  });
  const isAll = found.length === source.channels.length && found.length === channels.length;
  return isAll ? found : undefined;
}

function isSame(channel: NewContactChannel, known: ContactChannel): boolean {
  return channel.channel === known.channel && channel.fingerprint === known.fingerprint;
}

function hasKind({ channels }: Contact, { channel }: NewContactChannel): boolean {
  return channels.some((other) => other.channel === channel);
}

function mergedCount(contactId: string, { merged }: ContactsState): number {
  return merged.get(contactId)?.length ?? 0;
}
