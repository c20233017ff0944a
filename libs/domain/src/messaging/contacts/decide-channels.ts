import { accept, presentFields, recall, refuse, refuseReused } from '../../kernel';
import { tooManyChannels } from './channels';
import type {
  AddContactChannel,
  RemoveContactChannel,
  SetPrimaryChannel,
  UpdateContactChannel,
} from './commands';
import type { ContactDecision } from './decide';
import type { ContactEvent } from './events';
import { ownerOf, type Contact, type ContactChannel, type ContactsState } from './state';

/** The first channel of its kind is primary, whatever was asked for. */
export function decideAdd(command: AddContactChannel, state: ContactsState): ContactDecision {
  const { contactId, channel } = command.data;
  const contact = state.contacts.get(contactId);
  if (contact === undefined) return refuse({ code: 'contact_not_found', contactId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (channelIn(contact, channel.channelId) !== undefined) return refuseReused(command.id);
  if (ownerOf(channel, state) !== undefined) {
    return refuse({ code: 'identifier_taken', channel: channel.channel });
  }
  const tooMany = tooManyChannels(contact.channels.length + 1);
  if (tooMany !== undefined) return refuse(tooMany);
  const isFirst = !contact.channels.some((other) => other.channel === channel.channel);
  const added = { ...channel, isPrimary: channel.isPrimary || isFirst };
  return accept<ContactEvent>({ type: 'ContactChannelAdded', data: { contactId, channel: added } });
}

export function decideUpdateChannel(
  command: UpdateContactChannel,
  state: ContactsState,
): ContactDecision {
  const named = namedIn(command, state);
  if (named.kind === 'refused') return named;
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const { contactId, channelId, label, metadata, verified } = command.data;
  const changes = presentFields({ label, metadata, verified });
  if (Object.keys(changes).length === 0) return accept<ContactEvent>();
  const data = { contactId, channelId, ...changes };
  return accept<ContactEvent>({ type: 'ContactChannelUpdated', data });
}

export function decidePrimary(command: SetPrimaryChannel, state: ContactsState): ContactDecision {
  const named = namedIn(command, state);
  if (named.kind === 'refused') return named;
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (named.channel.isPrimary) return accept<ContactEvent>();
  const { contactId, channelId } = command.data;
  return accept<ContactEvent>({ type: 'PrimaryChannelSet', data: { contactId, channelId } });
}

/** When it was the primary one, the oldest of its kind takes its place. */
export function decideRemove(command: RemoveContactChannel, state: ContactsState): ContactDecision {
  const named = namedIn(command, state);
  if (named.kind === 'refused') return named;
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const { contact, channel } = named;
  if (contact.channels.length === 1) return refuse({ code: 'last_channel' });
  const { contactId, channelId } = command.data;
  const heir = contact.channels.find((other) => other !== channel && isAlike(other, channel));
  const primaryChannelId = channel.isPrimary ? heir?.channelId : undefined;
  const isDefaultGone = heir === undefined && contact.defaultChannel === channel.channel;
  return accept<ContactEvent>({
    type: 'ContactChannelRemoved',
    data: {
      contactId,
      channelId,
      ...presentFields({ primaryChannelId }),
      defaultChannelAfter: isDefaultGone ? null : contact.defaultChannel,
    },
  });
}

interface Named {
  readonly kind: 'found';
  readonly contact: Contact;
  readonly channel: ContactChannel;
}

/** The contact and the channel that a command is about, or why it can't be about them. */
function namedIn(
  { data }: UpdateContactChannel | SetPrimaryChannel | RemoveContactChannel,
  { contacts }: ContactsState,
): Named | Extract<ContactDecision, { kind: 'refused' }> {
  const { contactId, channelId } = data;
  const contact = contacts.get(contactId);
  if (contact === undefined) {
    return { kind: 'refused', rejection: { code: 'contact_not_found', contactId } };
  }
  const channel = channelIn(contact, channelId);
  return channel === undefined
    ? { kind: 'refused', rejection: { code: 'contact_channel_not_found', channelId } }
    : { kind: 'found', contact, channel };
}

function channelIn({ channels }: Contact, channelId: string): ContactChannel | undefined {
  return channels.find((channel) => channel.channelId === channelId);
}

function isAlike(one: ContactChannel, other: ContactChannel): boolean {
  return one.channel === other.channel;
}
