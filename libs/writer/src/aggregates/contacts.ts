import { contactsStream } from '@tollgate/contracts';
import {
  contacts,
  type CommandMemory,
  type Contact,
  type ContactChannel,
  type ContactChannelKind,
  type ContactsKind,
  type ContactsState,
} from '@tollgate/domain';
import type { Aggregate, StateCodec } from '../aggregate';

const CONTACTS_BYTES = 1_000;
const CONTACT_BYTES = 190;
/** Its place among the owners too. */
const CHANNEL_BYTES = 190;
const MERGED_BYTES = 200;

/** Arrays, since there may be a million of them: names of fields would be most of the text. */
type SavedChannel = readonly [
  channelId: string,
  channel: ContactChannelKind,
  fingerprint: string,
  isPrimary: boolean,
];
type SavedContact = readonly [
  contactId: string,
  defaultChannel: ContactChannelKind | null,
  channels: readonly SavedChannel[],
];

interface SavedContacts {
  readonly contacts: readonly SavedContact[];
  readonly merged: readonly (readonly [contactId: string, sources: readonly string[]])[];
}

const snapshot: StateCodec<ContactsState> = {
  version: 1,
  encode: ({ contacts, merged }): SavedContacts => ({
    contacts: Array.from(contacts, saveContact),
    merged: [...merged],
  }),
  /** In the order of new contacts' fields, so that the engine sees one shape of object. */
  decode: (saved: SavedContacts, memory: CommandMemory): ContactsState => {
    const known = new Map(saved.contacts.map(restoreContact));
    return { ...memory, contacts: known, owners: ownersIn(known), merged: new Map(saved.merged) };
  },
};

/** The contacts of accounts, in one stream an account. */
export const contactsAggregate: Aggregate<ContactsKind> = {
  decider: contacts,
  stream: contactsStream,
  idOf: ({ accountId }) => accountId,
  tooLarge: (max) => ({ code: 'too_many', what: 'bytes in one command', max }),
  bytesOf: ({ contacts, owners, merged }) => {
    let channels = 0;
    for (const known of owners.values()) channels += known.size;
    return (
      CONTACTS_BYTES +
      contacts.size * CONTACT_BYTES +
      channels * CHANNEL_BYTES +
      merged.size * MERGED_BYTES
    );
  },
  snapshot,
};

function saveContact([contactId, { defaultChannel, channels }]: [string, Contact]): SavedContact {
  return [contactId, defaultChannel, channels.map(saveChannel)];
}

function saveChannel({ channelId, channel, fingerprint, isPrimary }: ContactChannel): SavedChannel {
  return [channelId, channel, fingerprint, isPrimary];
}

function restoreContact([contactId, defaultChannel, channels]: SavedContact): [string, Contact] {
  return [contactId, { channels: channels.map(restoreChannel), defaultChannel }];
}

function restoreChannel([
  channelId,
  channel,
  fingerprint,
  isPrimary,
]: SavedChannel): ContactChannel {
  return { channelId, channel, fingerprint, isPrimary };
}

function ownersIn(contacts: ReadonlyMap<string, Contact>): ContactsState['owners'] {
  const owners: ContactsState['owners'] = new Map();
  for (const [contactId, { channels }] of contacts) {
    for (const { channel, fingerprint } of channels) {
      const known = owners.get(channel) ?? new Map<string, string>();
      owners.set(channel, known.set(fingerprint, contactId));
    }
  }
  return owners;
}
