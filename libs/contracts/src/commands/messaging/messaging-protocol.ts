import type { MessagingKind } from '@tollgate/domain';
import { protocolOf, type CommandProtocol } from '../command-protocol';
import { commandSchemaOf } from '../command.schema';
import { ownId, text } from '../schema-parts';
import { MESSAGING_COMMANDS } from '../topics';
import { contactData } from './contact-data.schemas';
import { numberData } from './number-data.schemas';
import { replySchema } from './reply.schema';
import { senderData } from './sender-data.schemas';

/** A phone number is the whole system's: who wants it is in the data. */
const accountOrNumber = {
  if: { required: ['type'], properties: { type: { enum: Object.keys(numberData) } } },
  then: { properties: { accountId: false } },
  else: { required: ['accountId'] },
} as const;

const commandSchema = commandSchemaOf({
  title: 'MessagingCommand',
  description:
    'One command about the contacts, senders or phone numbers of one account. What is personal ' +
    'is sealed before it is sent: only gateways and services of Tollgate write such commands.',
  subject: {
    teamId: { ...ownId, description: 'The team of the account.' },
    accountId: {
      ...ownId,
      description:
        'Also the key of the record. Absent from claims of a phone number, whose key that is.',
    },
  },
  data: { ...contactData, ...senderData, ...numberData },
  rules: [accountOrNumber],
});

/** The command log of messaging: contacts, senders and phone numbers. */
export const messagingProtocol: CommandProtocol<MessagingKind> = protocolOf<MessagingKind>({
  topic: MESSAGING_COMMANDS,
  consumerGroup: 'tollgate.messaging',
  keyName: "the command's accountId, or the phoneNumber of a claim",
  keySchema: text(64),
  commandSchema,
  replySchema,
  keyOf: (command) => ('accountId' in command ? command.accountId : command.data.phoneNumber),
});
