import { newCommandMemory, type CommandMemory } from '../../kernel';
import type { ContactChannelKind } from './events';

export interface ContactChannel {
  readonly channelId: string;
  readonly channel: ContactChannelKind;
  readonly fingerprint: string;
  isPrimary: boolean;
}

export interface Contact {
  channels: ContactChannel[];
  defaultChannel: ContactChannelKind | null;
}

/** The contacts of one account: who they are is sealed, that no two share a channel is not. */
export interface ContactsState extends CommandMemory {
  readonly contacts: Map<string, Contact>;
  /** Contact ids by `{channel}/{fingerprint}`. */
  readonly owners: Map<string, string>;
}

export function initialContacts(): ContactsState {
  return { ...newCommandMemory(), contacts: new Map(), owners: new Map() };
}
