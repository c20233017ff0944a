import { newCommandMemory, type CommandMemory } from '../../kernel';
import type { ContactChannelKind } from './events';

export interface ContactChannel {
  readonly channelId: string;
  readonly channel: ContactChannelKind;
  readonly fingerprint: string;
  isPrimary: boolean;
}

export interface Contact {
  /** The oldest first. */
  channels: readonly ContactChannel[];
  defaultChannel: ContactChannelKind | null;
}

/** The contacts of one account: who they are is sealed, that no two share a channel is not. */
export interface ContactsState extends CommandMemory {
  readonly contacts: Map<string, Contact>;
  /** Contact ids by fingerprint, for each kind of channel: the texts are those of the contacts. */
  readonly owners: Map<ContactChannelKind, Map<string, string>>;
  /** Ids of the contacts that were merged into one: it still has data under their keys. */
  readonly merged: Map<string, readonly string[]>;
}

export function initialContacts(): ContactsState {
  return { ...newCommandMemory(), contacts: new Map(), owners: new Map(), merged: new Map() };
}

/** Id of the contact that has an identifier on a channel. */
export function ownerOf(
  { channel, fingerprint }: Pick<ContactChannel, 'channel' | 'fingerprint'>,
  { owners }: ContactsState,
): string | undefined {
  return owners.get(channel)?.get(fingerprint);
}
