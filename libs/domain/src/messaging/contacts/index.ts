import type { DeciderOf } from '../../kernel';
import type { ContactCommand } from './commands';
import { decide } from './decide';
import type { ContactEvent } from './events';
import { evolve } from './evolve';
import type { ContactRejection } from './rejections';
import { initialContacts, type ContactsState } from './state';

export * from './commands';
export * from './events';
export * from './rejections';
export { initialContacts, type Contact, type ContactChannel, type ContactsState } from './state';
export type { ContactDecision } from './decide';
export { CONTACTS_MAX } from './decide-contact';
export { CONTACTS_MERGED_MAX } from './decide-merge';
export { CONTACT_CHANNELS_MAX } from './channels';

export interface ContactsKind {
  readonly state: ContactsState;
  readonly command: ContactCommand;
  readonly event: ContactEvent;
  readonly rejection: ContactRejection;
}

/** The contacts of one account, and which of them has which channel. */
export const contacts: DeciderOf<ContactsKind> = { initialState: initialContacts, decide, evolve };
