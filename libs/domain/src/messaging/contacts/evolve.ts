import { assert, remember, type EventMetadata } from '../../kernel';
import type {
  ContactChannelAdded,
  ContactChannelKind,
  ContactChannelRemoved,
  ContactCreated,
  ContactDeleted,
  ContactEvent,
  ContactsMerged,
  NewContactChannel,
  PrimaryChannelSet,
} from './events';
import type { Contact, ContactChannel, ContactsState } from './state';

/** Applies one event to the state it follows, changing that state. */
export function evolve(state: ContactsState, event: ContactEvent, metadata: EventMetadata): void {
  state.revision += 1;
  apply(state, event);
  remember(state, metadata);
}

function apply(state: ContactsState, event: ContactEvent): void {
  switch (event.type) {
    case 'ContactCreated':
      return applyCreated(state, event);
    case 'ContactUpdated': {
      const { contactId, defaultChannel } = event.data;
      const contact = contactOf(state, contactId);
      if (defaultChannel !== undefined) contact.defaultChannel = defaultChannel;
      return;
    }
    case 'ContactChannelAdded':
      return applyAdded(state, event);
    case 'ContactChannelUpdated':
      return;
    case 'PrimaryChannelSet':
      return applyPrimary(state, event);
    case 'ContactChannelRemoved':
      return applyRemoved(state, event);
    case 'ContactsMerged':
      return applyMerged(state, event);
    case 'ContactDeleted':
      return applyDeleted(state, event);
  }
}

function applyCreated(state: ContactsState, { data }: ContactCreated): void {
  const channels = data.channels.map(kept);
  state.contacts.set(data.contactId, { channels, defaultChannel: null });
  own(state, data.contactId, channels);
}

function applyAdded(state: ContactsState, { data }: ContactChannelAdded): void {
  const contact = contactOf(state, data.contactId);
  const channel = kept(data.channel);
  contact.channels = contact.channels.concat(channel);
  if (channel.isPrimary) makePrimary(contact, channel.channelId);
  own(state, data.contactId, [channel]);
}

function applyPrimary(state: ContactsState, { data }: PrimaryChannelSet): void {
  makePrimary(contactOf(state, data.contactId), data.channelId);
}

function applyRemoved(state: ContactsState, { data }: ContactChannelRemoved): void {
  const { contactId, channelId, primaryChannelId, defaultChannelAfter } = data;
  const contact = contactOf(state, contactId);
  disown(state, [channelOf(contact, channelId)]);
  contact.channels = contact.channels.filter((channel) => channel.channelId !== channelId);
  if (primaryChannelId !== undefined) makePrimary(contact, primaryChannelId);
  contact.defaultChannel = defaultChannelAfter;
}

function applyMerged(state: ContactsState, { data }: ContactsMerged): void {
  const { contactId, sourceContactId } = data;
  const contact = contactOf(state, contactId);
  contactOf(state, sourceContactId);
  const channels = data.channels.map(kept);
  contact.channels = contact.channels.concat(channels);
  own(state, contactId, channels);
  const [ours = [], theirs = []] = [contactId, sourceContactId].map((id) => state.merged.get(id));
  state.merged.set(contactId, [...ours, sourceContactId, ...theirs]);
  state.merged.delete(sourceContactId);
  state.contacts.delete(sourceContactId);
}

function applyDeleted(state: ContactsState, { data }: ContactDeleted): void {
  disown(state, contactOf(state, data.contactId).channels);
  state.merged.delete(data.contactId);
  state.contacts.delete(data.contactId);
}

/** All that the state keeps of a channel, in one shape of object. */
function kept({ channelId, channel, fingerprint, isPrimary }: NewContactChannel): ContactChannel {
  return { channelId, channel, fingerprint, isPrimary };
}

function own(state: ContactsState, contactId: string, channels: readonly ContactChannel[]): void {
  for (const { channel, fingerprint } of channels) {
    ownersOn(state, channel).set(fingerprint, contactId);
  }
}

function disown(state: ContactsState, channels: readonly ContactChannel[]): void {
  for (const { channel, fingerprint } of channels) {
    const known = ownersOn(state, channel);
    known.delete(fingerprint);
    if (known.size === 0) state.owners.delete(channel);
  }
}

function ownersOn({ owners }: ContactsState, channel: ContactChannelKind): Map<string, string> {
  let known = owners.get(channel);
  if (known === undefined) {
    known = new Map();
    owners.set(channel, known);
  }
  return known;
}

function makePrimary(contact: Contact, channelId: string): void {
  const primary = channelOf(contact, channelId);
  for (const channel of contact.channels) {
    if (channel.channel === primary.channel) channel.isPrimary = channel === primary;
  }
}

function channelOf(contact: Contact, channelId: string): ContactChannel {
  const channel = contact.channels.find((known) => known.channelId === channelId);
  assert(channel !== undefined, 'the channel of an event');
  return channel;
}

function contactOf(state: ContactsState, contactId: string): Contact {
  const contact = state.contacts.get(contactId);
  assert(contact !== undefined, 'the contact of an event');
  return contact;
}
