import type {
  ContactCommand,
  MessagingKind,
  NewContactChannel,
  NumberCommand,
  NumberTerms,
  SenderCommand,
} from '@tollgate/domain';
import { commandIdAt, specTime } from '@tollgate/testing';
import fc from 'fast-check';
import { SEALED_FIELD_MAX } from '../../limits';
import { messagingProtocol } from './messaging-protocol';

type MessagingCommand = MessagingKind['command'];
type Fields = Readonly<Record<string, unknown>>;

const { encode, decode, keyOf } = messagingProtocol;

const recipient = `rcp_${'0Z'.repeat(13)}`;
const channel: NewContactChannel = {
  channelId: 'chn_1',
  channel: 'sms',
  fingerprint: recipient,
  isPrimary: true,
  verified: false,
  address: 'v1.address',
  label: 'v1.label',
  metadata: 'v1.metadata',
};
const terms: NumberTerms = {
  capabilities: { sms: true, voice: true, mms: false },
  monthlyPrice: 1_250_000,
  upfrontPrice: 0,
  isFree: false,
};
const email = {
  address: 'hello@example.com',
  domainId: 'dom_1',
  fromName: 'Acme',
  receivingEnabled: true,
  catchAllEnabled: false,
};
const webhook = {
  url: 'https://hooks.example.com/tollgate',
  events: ['message.sent', 'message.delivered'],
  active: true,
  signatureVersion: 'v1+v2',
} as const;
const settings = { setAsDefault: true, smsOneway: true, voice: false, email } as const;
const order = { numberId: 'pn_1', phoneNumber: '+14155550100', ...terms } as const;

type DataOf<Command extends MessagingCommand> = {
  readonly [Type in Command['type']]: Extract<Command, { type: Type }>['data'];
};

/* One of every type, with every field: one that is missing here does not compile. */

const ofContacts: DataOf<ContactCommand> = {
  CreateContact: {
    contactId: 'con_1',
    channels: [channel, { ...channel, channel: 'email' }],
    displayName: 'v1.name',
    metadata: 'v1.metadata',
  },
  RecordRecipient: { contactId: 'con_1', channel },
  UpdateContact: {
    contactId: 'con_1',
    displayName: null,
    metadata: 'v1.metadata',
    defaultChannel: 'whatsapp',
  },
  AddContactChannel: { contactId: 'con_1', channel },
  UpdateContactChannel: {
    contactId: 'con_1',
    channelId: 'chn_1',
    label: null,
    metadata: 'v1.metadata',
    verified: true,
  },
  SetPrimaryChannel: { contactId: 'con_1', channelId: 'chn_1' },
  RemoveContactChannel: { contactId: 'con_1', channelId: 'chn_1' },
  MergeContacts: { contactId: 'con_1', sourceContactId: 'con_2', channels: [channel] },
  DeleteContact: { contactId: 'con_1' },
};

const ofSenders: DataOf<SenderCommand> = {
  CreateSender: {
    senderId: 'snd_1',
    name: 'Acme',
    phoneNumber: '+14155550100',
    ...settings,
    webhook,
  },
  UpdateSender: { senderId: 'snd_1', name: 'Acme', ...settings, webhook },
  DeleteSender: { senderId: 'snd_1' },
  RegenerateWebhookSecret: { senderId: 'snd_1' },
  AddNumber: { ...order, chargeId: 'chg_1', name: 'Support', paidUntil: specTime },
  UpdateNumber: { numberId: 'pn_1', name: null, senderId: 'snd_1' },
  RenewNumber: { numberId: 'pn_1', chargeId: 'chg_2', paidUntil: specTime },
  SuspendNumber: { numberId: 'pn_1', reason: 'insufficient_balance' },
  ReleaseNumber: { numberId: 'pn_1' },
};

const ofNumbers: DataOf<NumberCommand> = {
  ClaimNumber: { ...order, accountId: 'sub_1', teamId: 'tm_1', keyId: 'key_1', name: 'Support' },
  ReleaseNumberClaim: { phoneNumber: '+14155550100', numberId: 'pn_1' },
};

const envelope = { id: commandIdAt(1), teamId: 'tm_1', at: specTime };
const commands = [
  ...Object.entries({ ...ofContacts, ...ofSenders }).map(([type, data]) => {
    return { ...envelope, accountId: 'sub_1', type, data } as MessagingCommand;
  }),
  ...Object.entries(ofNumbers).map(([type, data]) => {
    return { ...envelope, type, data } as MessagingCommand;
  }),
];
const byType = commands.map((command) => [command.type, command] as const);

function commandOf(type: MessagingCommand['type']): MessagingCommand {
  return commands.find((command) => command.type === type)!;
}

/** What is wrong with a command that has these fields instead of its own. */
function problemOf(
  type: MessagingCommand['type'],
  data: Fields,
  fields: Fields = {},
): string | undefined {
  const command = commandOf(type);
  return decode(
    JSON.stringify({ version: 1, ...command, data: { ...command.data, ...data }, ...fields }),
    0,
  ).problem;
}

describe('a command of messaging that is put on its topic', () => {
  it.each(byType)('is read as it was: %s', (_, command) => {
    expect(decode(encode(command), 0)).toEqual({ command });
  });

  it.each(byType)('lies under its account, or its phone number: %s', (type, command) => {
    expect(keyOf(command)).toBe(type in ofNumbers ? '+14155550100' : 'sub_1');
  });

  it.each([
    ['UpdateContact', { displayName: 'v1.name', defaultChannel: null }],
    ['UpdateContactChannel', { label: 'v1.label' }],
    ['UpdateSender', { webhook: null }],
    ['UpdateSender', { webhook: { active: false } }],
    ['UpdateNumber', { name: 'Support', senderId: null }],
    ['ReleaseNumber', { numberId: 'not an id of ours' }],
  ] as const)('may say so too: %s %j', (type, data) => {
    expect(problemOf(type, data)).toBeUndefined();
  });
});

describe('an envelope', () => {
  it('names the account, unless the command is about a phone number', () => {
    const missing = "the command must have required property 'accountId'";
    expect(problemOf('CreateSender', {}, { accountId: undefined })).toBe(missing);
    expect(problemOf('DeleteContact', {}, { accountId: undefined })).toBe(missing);
    const misplaced = 'accountId must NOT be there';
    expect(problemOf('ClaimNumber', {}, { accountId: 'sub_1' })).toBe(misplaced);
  });

  it.each(['teamId', 'accountId'])('has a %s that could name a stream', (field) => {
    const pattern = `${field} must match pattern "^[A-Za-z0-9_]+$"`;
    expect(problemOf('CreateSender', {}, { [field]: 'a/b' })).toBe(pattern);
  });

  it('is of messaging: what billing decides is none', () => {
    const types = commands.map(({ type }) => type).join(', ');
    expect(problemOf('CreateSender', {}, { type: 'Charge' })).toBe(
      `type must be equal to one of the allowed values (${types})`,
    );
  });
});

/** Fields of a type of command, and what is said of them. */
const broken: readonly (readonly [MessagingCommand['type'], Fields, string])[] = [
  ['CreateContact', { channels: [] }, 'data.channels must NOT have fewer than 1 items'],
  [
    'CreateContact',
    { channels: Array(21).fill(channel) },
    'data.channels must NOT have more than 20 items',
  ],
  [
    'CreateContact',
    { channels: [{ ...channel, identifier: '+14155550100' }] },
    'data.channels.0 must NOT have additional properties (identifier)',
  ],
  [
    'CreateContact',
    { channels: [{ ...channel, address: undefined }] },
    "data.channels.0 must have required property 'address'",
  ],
  ['CreateContact', { displayName: { first: 'Ana' } }, 'data.displayName must be string'],
  [
    'CreateContact',
    { metadata: 'x'.repeat(SEALED_FIELD_MAX + 1) },
    `data.metadata must NOT have more than ${SEALED_FIELD_MAX} characters`,
  ],
  [
    'RecordRecipient',
    { channel: { ...channel, fingerprint: '+14155550100' } },
    'data.channel.fingerprint must match pattern "^rcp_[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{26}$"',
  ],
  [
    'UpdateContact',
    { defaultChannel: 'pigeon' },
    'data.defaultChannel must be equal to one of the allowed values ' +
      '(sms, whatsapp, email, telegram, instagram, messenger, voice, null)',
  ],
  ['UpdateContact', { displayName: '' }, 'data.displayName must NOT have fewer than 1 characters'],
  ['UpdateContactChannel', { verified: 'yes' }, 'data.verified must be boolean'],
  ['MergeContacts', { sourceContactId: null }, 'data.sourceContactId must be string'],
  ['CreateSender', { name: '' }, 'data.name must NOT have fewer than 1 characters'],
  [
    'CreateSender',
    { webhook: { ...webhook, url: undefined } },
    "data.webhook must have required property 'url'",
  ],
  ['CreateSender', { webhook: null }, 'data.webhook must be object'],
  [
    'UpdateSender',
    { webhook: { secret: 'whsec_1' } },
    'data.webhook must NOT have additional properties (secret)',
  ],
  ['UpdateSender', { email: { fromName: 1 } }, 'data.email.fromName must be string'],
  [
    'UpdateSender',
    { phoneNumber: '+1415' },
    'data must NOT have additional properties (phoneNumber)',
  ],
  ['AddNumber', { monthlyPrice: 1.5 }, 'data.monthlyPrice must be integer'],
  [
    'AddNumber',
    { phoneNumber: '+0' },
    'data.phoneNumber must match pattern "^\\+[1-9][0-9]{1,14}$"',
  ],
  ['ClaimNumber', { accountId: undefined }, "data must have required property 'accountId'"],
  ['ReleaseNumberClaim', { phoneNumber: 1 }, 'data.phoneNumber must be string'],
];

describe('a broken field', () => {
  const rows = broken.map(([type, data, problem]) => [type, problem, data] as const);

  it.each(rows)('of a %s is named with its place: %s', (type, problem, data) => {
    expect(problemOf(type, data)).toBe(problem);
  });
});

describe('reading a record of messaging', () => {
  it('never throws, whatever the fields', () => {
    const fields = ['version', 'type', 'id', 'teamId', 'accountId', 'at', 'data'];
    const envelopes = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
    const names = ['channels', 'channel', 'webhook', 'email', 'phoneNumber', 'capabilities'];
    const contents = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...commands), envelopes, contents, (whole, replaced, data) => {
        const value = { version: 1, ...whole, data: { ...whole.data, ...data }, ...replaced };
        const { command, problem } = decode(JSON.stringify(value), 0);
        return (command === undefined) !== (problem === undefined) && problem !== '';
      }),
    );
  });
});
