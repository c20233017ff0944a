import {
  SIGNATURE_VERSIONS,
  type SenderCommand,
  type SenderEmail,
  type WebhookRequest,
} from '@tollgate/domain';
import * as limits from '../../limits';
import { numberTermNames, numberTerms } from '../number-terms.schemas';
import * as part from '../schema-parts';

type DataOf<Type extends SenderCommand['type']> = Extract<SenderCommand, { type: Type }>['data'];

const webhookFields: { readonly [Name in keyof WebhookRequest]-?: object } = {
  url: part.text(limits.URL_MAX),
  events: {
    type: 'array',
    maxItems: limits.WEBHOOK_EVENTS_MAX,
    items: part.text(limits.WEBHOOK_EVENT_MAX),
  },
  active: part.flag,
  signatureVersion: { enum: SIGNATURE_VERSIONS },
};

const settings = {
  name: part.label(limits.NAME_MAX),
  setAsDefault: part.flag,
  smsOneway: part.flag,
  voice: part.flag,
  email: part.recordOf<SenderEmail>({
    address: part.text(limits.RECIPIENT_MAX),
    domainId: part.text(limits.REFERENCE_MAX),
    fromName: part.label(limits.FROM_NAME_MAX),
    receivingEnabled: part.flag,
    catchAllEnabled: part.flag,
  }),
} as const;

const numberName = part.label(limits.NUMBER_NAME_MAX);
const ofSender = part.record({ senderId: part.wantedId }, ['senderId']);

/** The data of each type of command about senders and the numbers of an account. */
export const senderData: Readonly<Record<SenderCommand['type'], object>> = {
  CreateSender: part.recordOf<DataOf<'CreateSender'>>(
    {
      senderId: part.ownId,
      ...settings,
      phoneNumber: part.wantedId,
      webhook: part.record(webhookFields, ['url']),
    },
    ['senderId', 'name'],
  ),
  UpdateSender: part.recordOf<DataOf<'UpdateSender'>>(
    {
      senderId: part.wantedId,
      ...settings,
      webhook: { ...part.record(webhookFields), type: ['object', 'null'] },
    },
    ['senderId'],
  ),
  DeleteSender: ofSender,
  RegenerateWebhookSecret: ofSender,
  AddNumber: part.recordOf<DataOf<'AddNumber'>>(
    {
      numberId: part.ownId,
      phoneNumber: part.phoneNumber,
      chargeId: part.ownId,
      name: numberName,
      paidUntil: part.unixMs,
      ...numberTerms,
    },
    ['numberId', 'phoneNumber', 'chargeId', 'paidUntil', ...numberTermNames],
  ),
  UpdateNumber: part.recordOf<DataOf<'UpdateNumber'>>(
    {
      numberId: part.wantedId,
      name: part.orNull(numberName),
      senderId: part.orNull(part.wantedId),
    },
    ['numberId'],
  ),
  RenewNumber: part.recordOf<DataOf<'RenewNumber'>>(
    { numberId: part.ownId, chargeId: part.ownId, paidUntil: part.unixMs },
    ['numberId', 'chargeId', 'paidUntil'],
  ),
  SuspendNumber: part.recordOf<DataOf<'SuspendNumber'>>(
    { numberId: part.ownId, reason: part.label(limits.REASON_MAX) },
    ['numberId', 'reason'],
  ),
  ReleaseNumber: part.record({ numberId: part.wantedId }, ['numberId']),
};
