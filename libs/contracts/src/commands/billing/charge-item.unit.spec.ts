import type { ChargeItem, MessageItem, PhoneNumberItem } from '@tollgate/domain';
import { charge, specTime } from '@tollgate/testing';
import { SEALED_MESSAGE_MAX } from '../../limits';
import { billingProtocol } from './billing-protocol';

const envelope = {
  type: 'message',
  id: 'msg_1',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  senderId: 'snd_1',
  segments: 2,
} as const;
const to = '+14155550100';
const content = { text: 'Hello' };
const recipient = `rcp_${'0Z'.repeat(13)}`;

const open: MessageItem = { ...envelope, to, content };
const sealed: MessageItem = { ...envelope, sealed: 'v1.opaque', recipient };
const phoneNumber: PhoneNumberItem = {
  type: 'phone_number',
  id: 'pn_1',
  phoneNumber: '+14155550100',
  name: 'Support',
  capabilities: { sms: true, voice: false, mms: false },
  monthlyPrice: 1_250_000,
  upfrontPrice: 0,
  isFree: false,
  paidUntil: specTime,
};

const items: readonly (readonly [string, ChargeItem])[] = [
  ['a message in the open', open],
  ['a message that is sealed', sealed],
  ['a phone number', phoneNumber],
  ['one more month of it', { ...phoneNumber, isRenewal: true }],
  ['something else', { type: 'custom', reference: 'call 7', description: '3 minutes' }],
];

describe('a charge', () => {
  it.each(items)('may be for %s', (_, item) => {
    const command = charge({ amount: 1, item });
    expect(billingProtocol.decode(billingProtocol.encode(command), 0)).toEqual({ command });
  });
});

/** An item, and what is said of it. */
const broken: readonly (readonly [object, string])[] = [
  [{ ...open, content: 'Hello' }, '.content must be object'],
  [{ ...open, environment: 'dev' }, '.environment must be equal to one of the allowed values'],
  [{ ...open, to: undefined }, " must have required property 'to'"],
  [{ ...open, content: undefined }, " must have required property 'content'"],
  [{ ...open, recipient }, '.recipient must NOT be there'],
  [{ ...sealed, to }, '.to must NOT be there'],
  [{ ...sealed, content }, '.content must NOT be there'],
  [{ ...sealed, recipient: undefined }, " must have required property 'recipient'"],
  [{ ...sealed, recipient: 'rcp_1' }, '.recipient must match pattern "^rcp_['],
  [
    { ...sealed, sealed: 'x'.repeat(SEALED_MESSAGE_MAX + 1) },
    `.sealed must NOT have more than ${SEALED_MESSAGE_MAX} characters`,
  ],
  [{ ...phoneNumber, phoneNumber: '14155550100' }, '.phoneNumber must match pattern "^\\+['],
  [
    { ...phoneNumber, capabilities: { sms: true, voice: true } },
    ".capabilities must have required property 'mms'",
  ],
  [{ ...phoneNumber, isRenewal: false }, '.isRenewal must be equal to constant (true)'],
  [{ ...phoneNumber, paidUntil: undefined }, " must have required property 'paidUntil'"],
];

describe('what nobody can buy', () => {
  it.each(broken.map(([item, rule]) => [rule, item] as const))('is refused: %s', (rule, item) => {
    const command = { ...charge({ amount: 1, item: item as ChargeItem }), version: 1 };
    const { problem } = billingProtocol.decode(JSON.stringify(command), 0);
    expect(problem).toContain(`data.item${rule}`);
    expect(problem).not.toContain(';');
  });
});
