import type { ContactRow } from '@tollgate/projections';
import { contactView } from './contact.view';

const AT = Date.UTC(2026, 0, 2);
const ISO = '2026-01-02T00:00:00.000Z';

const row = (fields: object = {}): ContactRow => ({
  id: 'con_1',
  accountId: 'sub_1',
  displayName: null,
  metadata: {},
  defaultChannel: null,
  createdAt: AT,
  updatedAt: AT,
  ...fields,
});

/** The fields of a row that make up one channel. */
function channel(id: string, kind: string, identifier: string, more: object = {}): object {
  const fields = { isPrimary: true, createdAt: AT, countryCode: null, ...more };
  const { isPrimary, createdAt, countryCode, ...rest } = fields;
  const named = Object.entries(rest).map(([name, value]) => [`${name}/${id}`, value]);
  return {
    [`channel/${id}`]: { id, channel: kind, identifier, countryCode, createdAt },
    [`primary/${id}`]: isPrimary ? '0000000000000001' : null,
    ...Object.fromEntries(named),
  };
}

describe('a contact', () => {
  it('with nothing to tell leaves out what the mirrored API calls optional', () => {
    expect(contactView(row())).toEqual({
      id: 'con_1',
      profileName: null,
      availableChannels: [],
      channels: [],
      verified: false,
      metadata: {},
      createdAt: ISO,
      updatedAt: ISO,
    });
  });

  it('shows its channels as they came, whatever the order of its fields', () => {
    const view = contactView(
      row({
        ...channel('chn_2', 'email', 'a@b.co', { createdAt: AT + 1, label: 'work' }),
        ...channel('chn_1', 'sms', '+1', { verified: true, metadata: { a: '1' } }),
        ...channel('chn_3', 'email', 'c@d.co', { isPrimary: false, label: null, metadata: null }),
      }),
    );
    expect(view.channels.map(({ id }) => id)).toEqual(['chn_1', 'chn_3', 'chn_2']);
    expect(view.channels[0]).toEqual({
      id: 'chn_1',
      channel: 'sms',
      identifier: '+1',
      isPrimary: true,
      verified: true,
      metadata: { a: '1' },
      createdAt: ISO,
    });
    expect(view.channels[1]).not.toHaveProperty('label');
    expect(view).toMatchObject({
      availableChannels: ['sms', 'email'],
      verified: true,
      primaryEmail: 'a@b.co',
    });
  });

  it('has one primary phone: of SMS, else of WhatsApp, else of voice', () => {
    const voice = channel('chn_1', 'voice', '+1', { countryCode: 'US' });
    const whatsapp = channel('chn_2', 'whatsapp', '+2');
    const sms = channel('chn_3', 'sms', '+3', { countryCode: 'GB' });
    expect(contactView(row(voice))).toMatchObject({
      primaryPhone: '+1',
      phoneNumber: '+1',
      countryCode: 'US',
    });
    const both = contactView(row({ ...voice, ...whatsapp }));
    expect(both).toMatchObject({ primaryPhone: '+2', phoneNumber: '+2' });
    expect(both).not.toHaveProperty('countryCode');
    expect(contactView(row({ ...voice, ...whatsapp, ...sms }))).toMatchObject({
      primaryPhone: '+3',
      countryCode: 'GB',
    });
  });

  it('has no phone for an id that is none, nor an e-mail that is not primary', () => {
    const view = contactView(
      row({
        ...channel('chn_1', 'whatsapp', 'US.123'),
        ...channel('chn_2', 'email', 'a@b.co', { isPrimary: false }),
      }),
    );
    expect(view).not.toHaveProperty('primaryPhone');
    expect(view).not.toHaveProperty('primaryEmail');
  });

  it('forgets channels that were removed', () => {
    const removed = { 'channel/chn_1': null, 'label/chn_1': null, 'primary/chn_1': null };
    expect(contactView(row(removed)).channels).toEqual([]);
  });
});
