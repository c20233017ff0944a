import type { Sealed } from '../../kernel';

/* Names and fields are the storage format, as in `../../billing/events.ts`. */

export const CONTACT_CHANNELS = [
  'sms',
  'whatsapp',
  'email',
  'telegram',
  'instagram',
  'messenger',
  'voice',
] as const;

export type ContactChannelKind = (typeof CONTACT_CHANNELS)[number];

export interface NewContactChannel {
  readonly channelId: string;
  readonly channel: ContactChannelKind;
  /** Keyed hash of account and identifier: equal for equal identifiers, and says nothing else. */
  readonly fingerprint: string;
  /** Whether it is the first choice among the contact's channels of its kind. */
  readonly isPrimary: boolean;
  readonly verified: boolean;
  /** `{identifier, countryCode?}` */
  readonly address: Sealed;
  readonly label?: Sealed;
  readonly metadata?: Sealed;
}

export type ContactCreated = Event<
  'ContactCreated',
  {
    readonly contactId: string;
    readonly channels: readonly NewContactChannel[];
    readonly displayName?: Sealed;
    readonly metadata?: Sealed;
  }
>;

export type ContactUpdated = Event<
  'ContactUpdated',
  {
    readonly contactId: string;
    readonly displayName?: Sealed | null;
    readonly metadata?: Sealed;
    readonly defaultChannel?: ContactChannelKind | null;
  }
>;

/** When the channel is primary, the others of its kind are no more. */
export type ContactChannelAdded = Event<
  'ContactChannelAdded',
  { readonly contactId: string; readonly channel: NewContactChannel }
>;

export type ContactChannelUpdated = Event<
  'ContactChannelUpdated',
  {
    readonly contactId: string;
    readonly channelId: string;
    readonly label?: Sealed | null;
    readonly metadata?: Sealed;
    readonly verified?: boolean;
  }
>;

export type PrimaryChannelSet = Event<
  'PrimaryChannelSet',
  { readonly contactId: string; readonly channelId: string }
>;

export type ContactChannelRemoved = Event<
  'ContactChannelRemoved',
  {
    readonly contactId: string;
    readonly channelId: string;
    /** The one that takes its place as the primary of its kind. */
    readonly primaryChannelId?: string;
    readonly defaultChannelAfter: ContactChannelKind | null;
  }
>;

/** The source is gone; its channels, sealed anew, are the contact's. */
export type ContactsMerged = Event<
  'ContactsMerged',
  {
    readonly contactId: string;
    readonly sourceContactId: string;
    /** Those of the source; never primary of a kind that the contact has one of already. */
    readonly channels: readonly NewContactChannel[];
  }
>;

/** Personal data goes: the keys of `subjects` are destroyed when this is in the log. */
export type ContactDeleted = Event<
  'ContactDeleted',
  {
    readonly contactId: string;
    /**
     * The contact's own key, those of contacts that were merged into it, and those of its
     * identifiers, which messages are sealed under.
     */
    readonly subjects: readonly string[];
  }
>;

export type ContactEvent =
  | ContactCreated
  | ContactUpdated
  | ContactChannelAdded
  | ContactChannelUpdated
  | PrimaryChannelSet
  | ContactChannelRemoved
  | ContactsMerged
  | ContactDeleted;

interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}
