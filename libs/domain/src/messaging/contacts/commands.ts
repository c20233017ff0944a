import type { CommandMetadata, Sealed } from '../../kernel';
import type { ContactChannelKind, NewContactChannel } from './events';

export type CreateContact = Command<
  'CreateContact',
  {
    readonly contactId: string;
    /** 1 to 20; at most one of a kind asks to be the primary one. */
    readonly channels: readonly NewContactChannel[];
    readonly displayName?: Sealed;
    readonly metadata?: Sealed;
  }
>;

/** A message went to somebody: makes a contact of it, unless one of the account has the channel. */
export type RecordRecipient = Command<
  'RecordRecipient',
  { readonly contactId: string; readonly channel: NewContactChannel }
>;

export type UpdateContact = Command<
  'UpdateContact',
  {
    readonly contactId: string;
    /** Null takes it away. */
    readonly displayName?: Sealed | null;
    /** Replaces what was there. */
    readonly metadata?: Sealed;
    readonly defaultChannel?: ContactChannelKind | null;
  }
>;

export type AddContactChannel = Command<
  'AddContactChannel',
  { readonly contactId: string; readonly channel: NewContactChannel }
>;

export type UpdateContactChannel = Command<
  'UpdateContactChannel',
  {
    readonly contactId: string;
    readonly channelId: string;
    readonly label?: Sealed | null;
    readonly metadata?: Sealed;
    readonly verified?: boolean;
  }
>;

export type SetPrimaryChannel = Command<
  'SetPrimaryChannel',
  { readonly contactId: string; readonly channelId: string }
>;

export type RemoveContactChannel = Command<
  'RemoveContactChannel',
  { readonly contactId: string; readonly channelId: string }
>;

/** Moves every channel of the source to the contact, and hides the source for good. */
export type MergeContacts = Command<
  'MergeContacts',
  {
    readonly contactId: string;
    readonly sourceContactId: string;
    /** All channels of the source with their ids, sealed under the contact's key. */
    readonly channels: readonly NewContactChannel[];
  }
>;

export type DeleteContact = Command<'DeleteContact', { readonly contactId: string }>;

export type ContactCommand =
  | CreateContact
  | RecordRecipient
  | UpdateContact
  | AddContactChannel
  | UpdateContactChannel
  | SetPrimaryChannel
  | RemoveContactChannel
  | MergeContacts
  | DeleteContact;

interface Command<Type extends string, Data> extends CommandMetadata {
  readonly accountId: string;
  readonly type: Type;
  readonly data: Data;
}
