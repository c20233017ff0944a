import type { SenderRow } from '@tollgate/projections';
import { channelsOfSender, senderView, type KnownSender } from './sender.view';

const AT = Date.UTC(2026, 0, 2);

const row = (fields: Partial<SenderRow> = {}): SenderRow => ({
  id: 'snd_1',
  accountId: 'sub_1',
  name: 'Support',
  numberId: null,
  smsOneway: false,
  voice: false,
  emailAddress: null,
  emailDomainId: null,
  emailFromName: null,
  emailReceivingEnabled: null,
  emailCatchAllEnabled: null,
  webhook: null,
  secretVersion: null,
  createdAt: AT,
  updatedAt: AT + 1,
  ...fields,
});

type Number = NonNullable<KnownSender['number']>;

const number = (fields: Partial<Number> = {}): Number => ({
  phoneNumber: '+14155550100',
  status: 'active',
  capabilities: { sms: true, voice: true, mms: false },
  ...fields,
});

describe('what a sender can send on', () => {
  it.each<[string, Partial<SenderRow>, Partial<Number> | undefined, string[]]>([
    ['nothing without settings', {}, undefined, []],
    ['SMS with a number', {}, {}, ['sms']],
    ['SMS to and from nobody', { smsOneway: true }, undefined, ['sms_oneway']],
    ['voice with a number that can', { voice: true }, {}, ['sms', 'voice']],
    ['no voice without a number', { voice: true }, undefined, []],
    [
      'no voice on a number for texts',
      { voice: true },
      { capabilities: { sms: true, voice: false, mms: false } },
      ['sms'],
    ],
    [
      'nothing on a suspended number',
      { voice: true, smsOneway: true },
      { status: 'suspended' },
      ['sms_oneway'],
    ],
    ['e-mail with an address', { emailAddress: 'a@b.co' }, undefined, ['email']],
  ])('is %s', (_, fields, its, channels) => {
    const known = { row: row(fields), number: its === undefined ? undefined : number(its) };
    expect(channelsOfSender(known)).toEqual(channels);
  });
});

describe('a sender', () => {
  it('shows what it has, and an empty number for none', () => {
    expect(senderView({ row: row(), number: undefined, isDefault: false })).toEqual({
      id: 'snd_1',
      name: 'Support',
      phoneNumber: '',
      channels: [],
      isDefault: false,
      createdAt: '2026-01-02T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.001Z',
    });
    const email = { emailAddress: 'a@b.co', emailReceivingEnabled: true };
    expect(senderView({ row: row(email), number: number(), isDefault: true })).toMatchObject({
      ...email,
      phoneNumber: '+14155550100',
      channels: ['sms', 'email'],
      isDefault: true,
    });
  });

  it('shows its webhook without the number of its secret, and the secret only when told', () => {
    const webhook = { url: 'https://a.example.com', events: [], active: true } as const;
    const shown = { ...webhook, signatureVersion: 'v2' as const };
    const known = {
      row: row({ webhook: shown, secretVersion: 3 }),
      number: undefined,
      isDefault: true,
    };
    expect(senderView(known).webhook).toEqual(shown);
    expect(senderView(known, 'whsec_x').webhook).toEqual({ ...shown, secret: 'whsec_x' });
  });
});
