import { CONTACT_CHANNELS, type ContactCommand, type NewContactChannel } from '@tollgate/domain';
import * as limits from '../../limits';
import * as part from '../schema-parts';

const channel = { enum: CONTACT_CHANNELS } as const;
const sealed = {
  ...part.text(limits.SEALED_FIELD_MAX),
  description: 'Personal data, encrypted by the gateway.',
};

const newChannel = part.recordOf<NewContactChannel>(
  {
    channelId: part.ownId,
    channel,
    fingerprint: part.recipient,
    isPrimary: part.flag,
    verified: part.flag,
    address: { ...sealed, description: 'The identifier and its country, sealed.' },
    label: sealed,
    metadata: sealed,
  },
  ['channelId', 'channel', 'fingerprint', 'isPrimary', 'verified', 'address'],
);

const channels = {
  type: 'array',
  minItems: 1,
  maxItems: limits.NEW_CHANNELS_MAX,
  items: newChannel,
} as const;
/** None when the source is gone: by the same merge, if this is its repeat. */
const mergedChannels = { ...channels, minItems: 0 } as const;

type DataOf<Type extends ContactCommand['type']> = Extract<ContactCommand, { type: Type }>['data'];

const oneChannel = { contactId: part.wantedId, channelId: part.wantedId } as const;

/** The data of each type of command about contacts. */
export const contactData: Readonly<Record<ContactCommand['type'], object>> = {
  CreateContact: part.recordOf<DataOf<'CreateContact'>>(
    {
      contactId: part.ownId,
      channels,
      displayName: sealed,
      metadata: sealed,
    },
    ['contactId', 'channels'],
  ),
  RecordRecipient: part.recordOf<DataOf<'RecordRecipient'>>(
    { contactId: part.ownId, channel: newChannel },
    ['contactId', 'channel'],
  ),
  UpdateContact: part.recordOf<DataOf<'UpdateContact'>>(
    {
      contactId: part.wantedId,
      displayName: part.orNull(sealed),
      metadata: sealed,
      defaultChannel: { enum: [...CONTACT_CHANNELS, null] },
    },
    ['contactId'],
  ),
  AddContactChannel: part.recordOf<DataOf<'AddContactChannel'>>(
    { contactId: part.wantedId, channel: newChannel },
    ['contactId', 'channel'],
  ),
  UpdateContactChannel: part.recordOf<DataOf<'UpdateContactChannel'>>(
    { ...oneChannel, label: part.orNull(sealed), metadata: sealed, verified: part.flag },
    ['contactId', 'channelId'],
  ),
  SetPrimaryChannel: part.record(oneChannel, ['contactId', 'channelId']),
  RemoveContactChannel: part.record(oneChannel, ['contactId', 'channelId']),
  MergeContacts: part.recordOf<DataOf<'MergeContacts'>>(
    {
      contactId: part.wantedId,
      sourceContactId: part.wantedId,
      channels: mergedChannels,
    },
    ['contactId', 'sourceContactId', 'channels'],
  ),
  DeleteContact: part.record({ contactId: part.wantedId }, ['contactId']),
};
