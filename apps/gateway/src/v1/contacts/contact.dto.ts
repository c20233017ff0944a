import {
  LABEL_MAX,
  METADATA_BYTES_MAX,
  NAME_MAX,
  NEW_CHANNELS_MAX,
  RECIPIENT_MAX,
} from '@tollgate/contracts';
import { CONTACT_CHANNELS, type ContactChannelKind } from '@tollgate/domain';
import { ChoiceField, CountryField, FlagField, TextField } from '../../http/fields';
import { ObjectListField, TextMapField } from '../../http/list-fields';

const ID_MAX = 300;

export class NewChannelDto {
  @ChoiceField(CONTACT_CHANNELS)
  channel!: ContactChannelKind;

  @TextField({ max: RECIPIENT_MAX, description: 'E.164 number, e-mail address or chat id.' })
  identifier!: string;

  @CountryField({ optional: true, description: 'Two letters, of phone numbers.' })
  countryCode?: string;

  @TextField({ max: LABEL_MAX, optional: true })
  label?: string;

  @FlagField({ optional: true, description: 'The first choice of its kind. Default false.' })
  isPrimary?: boolean;
}

export class CreateContactDto {
  @ObjectListField(() => NewChannelDto, { itemsMin: 1, itemsMax: NEW_CHANNELS_MAX })
  channels!: NewChannelDto[];

  @TextField({ max: NAME_MAX, optional: true })
  displayName?: string;

  @TextMapField({ optional: true, bytesMax: METADATA_BYTES_MAX })
  metadata?: Record<string, string>;
}

export class UpdateContactDto {
  @TextField({ max: NAME_MAX, optional: true, nullable: true, description: 'Null clears it.' })
  displayName?: string | null;

  @ChoiceField(CONTACT_CHANNELS, {
    optional: true,
    nullable: true,
    description: 'A channel that the contact has; null clears it.',
  })
  defaultChannel?: ContactChannelKind | null;

  @TextMapField({ optional: true, bytesMax: METADATA_BYTES_MAX, description: 'Replaces the old.' })
  metadata?: Record<string, string>;
}

export class UpdateChannelDto {
  @TextField({ max: LABEL_MAX, optional: true, nullable: true, description: 'Null clears it.' })
  label?: string | null;

  @FlagField({ optional: true })
  verified?: boolean;

  @TextMapField({ optional: true, bytesMax: METADATA_BYTES_MAX, description: 'Replaces the old.' })
  metadata?: Record<string, string>;
}

export class MergeContactsDto {
  @TextField({ max: ID_MAX, description: 'The contact that goes.' })
  sourceContactId!: string;
}
