import type { ChargeItem, CustomItem, MessageItem, PhoneNumberItem } from '@tollgate/domain';
import * as limits from '../../limits';
import { numberTermNames, numberTerms } from '../number-terms.schemas';
import * as part from '../schema-parts';

export const environment = { enum: ['live', 'test'] } as const;

/** Of a message, what it says and to whom comes either in the open or sealed. */
const openOrSealed = {
  if: { required: ['sealed'] },
  then: { required: ['recipient'], properties: { to: false, content: false } },
  else: { required: ['to', 'content'], properties: { recipient: false } },
} as const;

const message = {
  ...part.recordOf<MessageItem>(
    {
      type: {},
      id: part.ownId,
      to: part.text(limits.RECIPIENT_MAX),
      channel: part.text(32),
      messageType: part.text(32),
      environment,
      content: { type: 'object', description: 'Text, subject and whatever else is sent.' },
      sealed: {
        ...part.text(limits.SEALED_MESSAGE_MAX),
        description: 'Instead of to and content: the two, encrypted by the gateway.',
      },
      recipient: part.recipient,
      senderId: part.text(255),
      segments: { type: 'integer', minimum: 1, maximum: 1_000 },
    },
    ['id', 'channel', 'messageType', 'environment'],
  ),
  ...openOrSealed,
};

const phoneNumber = {
  ...part.recordOf<PhoneNumberItem>(
    {
      type: {},
      id: part.ownId,
      phoneNumber: part.phoneNumber,
      name: part.label(limits.NUMBER_NAME_MAX),
      ...numberTerms,
      paidUntil: part.unixMs,
      isRenewal: { const: true },
    },
    ['id', 'phoneNumber', 'paidUntil', ...numberTermNames],
  ),
  description:
    'From the services of Tollgate only, as one step of a purchase or renewal. ' +
    'Internal producers buy numbers through the HTTP API.',
};

const custom = part.recordOf<CustomItem>({
  type: {},
  reference: part.text(limits.REFERENCE_MAX),
  description: part.text(limits.DESCRIPTION_MAX),
});

const items: Readonly<Record<ChargeItem['type'], object>> = {
  message,
  phone_number: phoneNumber,
  custom,
};

/** What a charge is for. */
export const item = {
  type: 'object',
  required: ['type'],
  properties: { type: { enum: Object.keys(items) } },
  allOf: Object.entries(items).map(([type, schema]) => part.variant('type', type, schema)),
  description: 'What was bought. An item of type message is also the order to deliver it.',
};
