import type { Place, Row } from '@tollgate/ports';
import type { OpenedChannel, OpenedContactEvent } from './opened-events';
import type { Projectable } from './project';
import {
  contactKey,
  contactsByAddressIndex,
  contactsIndex,
  contactsSearchIndex,
  TERM_END,
  type ContactChannelField,
  type ContactRow,
} from './read-models';
import { termsOf } from './search-terms';
import type { WriteSet } from './write-set';

/** Of a row that is being made. */
type Fields = Record<string, unknown>;

type Of<Type extends OpenedContactEvent['type']> = Projectable<
  Extract<OpenedContactEvent, { type: Type }>
>;

export function projectContacts(
  projectable: Projectable<OpenedContactEvent>,
  into: WriteSet,
): void {
  const { event, metadata, ownerId: accountId } = projectable;
  const key = contactKey(accountId, event.data.contactId);
  if (event.type === 'ContactCreated') return create({ ...projectable, event }, into);
  if (event.type === 'ContactDeleted') return into.remove(key);
  into.merge(key, { ...changedFields({ ...projectable, event }), updatedAt: metadata.at });
  switch (event.type) {
    case 'ContactUpdated':
      if (event.data.displayName !== undefined) listName({ ...projectable, event }, into);
      return;
    case 'ContactChannelAdded':
      return listChannel(projectable, event.data.channel, into);
    case 'ContactChannelRemoved':
      return into.relist(key, channelField(event.data.channelId), []);
    case 'ContactsMerged':
      for (const channel of event.data.channels) listChannel(projectable, channel, into);
      return into.remove(contactKey(accountId, event.data.sourceContactId));
    case 'ContactChannelUpdated':
    case 'PrimaryChannelSet':
      return;
  }
}

function create(projectable: Of<'ContactCreated'>, into: WriteSet): void {
  const { event, metadata, ownerId: accountId, sortKey } = projectable;
  const { contactId, displayName = null, metadata: own = {}, channels } = event.data;
  const key = contactKey(accountId, contactId);
  const row: ContactRow = {
    id: contactId,
    accountId,
    displayName,
    metadata: own,
    defaultChannel: null,
    createdAt: metadata.at,
    updatedAt: metadata.at,
  };
  into.put(key, channelsFields(channels, projectable, { ...row }));
  into.relist(key, 'contact', [{ index: contactsIndex(accountId), sortKey }]);
  listName(projectable, into);
  for (const channel of channels) listChannel(projectable, channel, into);
}

function changedFields(
  projectable: Of<Exclude<OpenedContactEvent['type'], 'ContactCreated' | 'ContactDeleted'>>,
): Row {
  const { event, sortKey } = projectable;
  switch (event.type) {
    case 'ContactUpdated': {
      const { contactId, ...changed } = event.data;
      return changed;
    }
    case 'ContactChannelAdded':
      return channelsFields([event.data.channel], projectable);
    case 'ContactsMerged':
      return channelsFields(event.data.channels, projectable);
    case 'ContactChannelUpdated': {
      const { contactId, channelId, ...changed } = event.data;
      return ofChannel(channelId, changed);
    }
    case 'PrimaryChannelSet':
      return ofChannel(event.data.channelId, { primary: sortKey });
    case 'ContactChannelRemoved':
      return removedFields({ ...projectable, event });
  }
}

function removedFields({ event, sortKey }: Of<'ContactChannelRemoved'>): Row {
  const { channelId, primaryChannelId, defaultChannelAfter } = event.data;
  const heir =
    primaryChannelId === undefined ? {} : ofChannel(primaryChannelId, { primary: sortKey });
  return { ...ofChannel(channelId, nothing), ...heir, defaultChannel: defaultChannelAfter };
}

const nothing = { channel: null, label: null, metadata: null, verified: null, primary: null };

function channelsFields(
  channels: readonly OpenedChannel[],
  projectable: Projectable<unknown>,
  into: Fields = {},
): Fields {
  for (const channel of channels) channelFields(channel, projectable, into);
  return into;
}

/** What a channel does not have gets no field: rows are read far more often than written. */
function channelFields(
  { channelId: id, channel, address, label, metadata: own, ...more }: OpenedChannel,
  { metadata, sortKey }: Projectable<unknown>,
  into: Fields,
): void {
  if (address === null) return;
  const { identifier, countryCode = null } = address;
  const field: ContactChannelField = {
    id,
    channel,
    identifier,
    countryCode,
    createdAt: metadata.at,
  };
  into[channelField(id)] = field;
  if (label) into[`label/${id}`] = label;
  if (own) into[`metadata/${id}`] = own;
  if (more.verified) into[`verified/${id}`] = true;
  if (more.isPrimary) into[`primary/${id}`] = sortKey;
}

/** Fields of a channel under the names that they have in the row of its contact. */
function ofChannel(channelId: string, fields: Row): Row {
  const named = Object.entries(fields).map(([name, value]) => [`${name}/${channelId}`, value]);
  return Object.fromEntries(named) as Row;
}

const channelField = (channelId: string): string => `channel/${channelId}`;

function listName(
  { event, ownerId }: Of<'ContactCreated' | 'ContactUpdated'>,
  into: WriteSet,
): void {
  const { contactId, displayName } = event.data;
  const places = searchPlaces(ownerId, contactId, displayName ?? '');
  into.relist(contactKey(ownerId, contactId), 'name', places);
}

/** Of what can't be opened any more, nothing is listed. */
function listChannel(
  { event, ownerId, sortKey }: Projectable<OpenedContactEvent>,
  { channelId, fingerprint, address }: OpenedChannel,
  into: WriteSet,
): void {
  const { contactId } = event.data;
  const key = contactKey(ownerId, contactId);
  if (address === null) return into.relist(key, channelField(channelId), []);
  const index = contactsByAddressIndex(ownerId);
  into.relist(key, channelField(channelId), [
    { index, sortKey: `${fingerprint}${TERM_END}${sortKey}` },
    ...searchPlaces(ownerId, contactId, address.identifier),
  ]);
}

function searchPlaces(accountId: string, contactId: string, text: string): Place[] {
  const index = contactsSearchIndex(accountId);
  return termsOf(text).map((term) => ({ index, sortKey: `${term}${TERM_END}${contactId}` }));
}
