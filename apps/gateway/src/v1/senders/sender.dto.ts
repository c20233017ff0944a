import {
  FROM_NAME_MAX,
  NAME_MAX,
  RECIPIENT_MAX,
  REFERENCE_MAX,
  URL_MAX,
  WEBHOOK_EVENTS_MAX,
} from '@tollgate/contracts';
import { SIGNATURE_VERSIONS, type SignatureVersion } from '@tollgate/domain';
import { ChoiceField, EmailField, FlagField, PhoneField, TextField } from '../../http/fields';
import { ChoiceListField } from '../../http/list-fields';
import { WEBHOOK_EVENT_TYPES } from './webhook-events';

const events = {
  optional: true,
  itemsMax: WEBHOOK_EVENTS_MAX,
  description: 'Default: all of messages.',
} as const;

/** What both the request for a sender and a change of it can say. */
class SenderSettings {
  @FlagField({ optional: true, description: 'Makes it the default sender of the account.' })
  setAsDefault?: boolean;

  @FlagField({ optional: true, description: 'SMS that nobody can answer; needs no number.' })
  enableSmsOneway?: boolean;

  @FlagField({ optional: true, description: 'Needs a phone number.' })
  enableVoice?: boolean;

  @EmailField({ max: RECIPIENT_MAX, optional: true })
  emailAddress?: string;

  @TextField({ max: REFERENCE_MAX, optional: true })
  emailDomainId?: string;

  @TextField({ max: FROM_NAME_MAX, optional: true })
  emailFromName?: string;

  @FlagField({ optional: true })
  emailReceivingEnabled?: boolean;

  @ChoiceListField(WEBHOOK_EVENT_TYPES, events)
  webhookEvents?: string[];

  @ChoiceField(SIGNATURE_VERSIONS, { optional: true, description: 'Default v2.' })
  webhookSignatureVersion?: SignatureVersion;
}

export class CreateSenderDto extends SenderSettings {
  @TextField({ max: NAME_MAX })
  name!: string;

  @PhoneField({ optional: true, description: 'One that the account owns and no sender has.' })
  phoneNumber?: string;

  @TextField({ max: URL_MAX, optional: true, description: 'Begins with https.' })
  webhookUrl?: string;
}

export class UpdateSenderDto extends SenderSettings {
  @TextField({ max: NAME_MAX, optional: true })
  name?: string;

  @FlagField({ optional: true })
  emailCatchAllEnabled?: boolean;

  @TextField({
    max: URL_MAX,
    optional: true,
    nullable: true,
    description: 'Begins with https; null takes the webhook away.',
  })
  webhookUrl?: string | null;

  @FlagField({ optional: true })
  webhookActive?: boolean;
}
