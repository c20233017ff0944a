import type { ContactEvent } from '@tollgate/domain';
import { contactId, specTime, subAccountId } from '@tollgate/testing';
import { aChannelOf, created, phone, sealedName, sealing, shownAfter } from '../spec/contacts';
import { channelsOf } from './contact-channels';
import { contactKey, type ContactRow } from './read-models';

async function rowAfter(...events: ContactEvent[]): Promise<ContactRow> {
  return (await (await shownAfter(events)).get(contactKey(subAccountId, contactId))) as ContactRow;
}

describe('the row of a contact', () => {
  const row = {
    id: contactId,
    accountId: subAccountId,
    displayName: 'Ann Lee',
    metadata: {},
    defaultChannel: null,
    createdAt: specTime,
    updatedAt: specTime,
  };
  const phoneRow = {
    id: phone.channelId,
    channel: 'sms',
    identifier: '+14155550100',
    countryCode: 'US',
    createdAt: specTime,
    label: null,
    metadata: null,
    verified: false,
    isPrimary: true,
  };

  it('given it was created, then it shows, with its channels', async () => {
    const found = await rowAfter(created);

    expect(found).toMatchObject(row);
    expect(channelsOf(found)).toEqual([phoneRow]);
  });

  it('given it was created with everything, then all of it shows', async () => {
    const seal = (value: unknown): string => sealing.sealed('key-of-a', value);
    const more = { label: seal('work'), metadata: seal({ a: 'b' }), verified: true };
    const channels = [aChannelOf('email', 'ann', more), phone];
    const data = { contactId, channels, metadata: seal({ tier: 'gold' }) };
    const found = await rowAfter({ type: 'ContactCreated', data });

    expect(found).toMatchObject({ displayName: null, metadata: { tier: 'gold' } });
    expect(channelsOf(found)).toMatchObject([
      { channel: 'email', label: 'work', metadata: { a: 'b' }, verified: true, isPrimary: false },
      { channel: 'sms', isPrimary: true },
    ]);
  });

  it('given an update, then only what it names changes', async () => {
    const to = (data: object): ContactEvent =>
      ({ type: 'ContactUpdated', data: { contactId, ...data } }) as ContactEvent;
    const updatedAt = specTime + 1;

    expect(await rowAfter(created, to({ displayName: sealedName('Anna') }))).toMatchObject({
      ...row,
      displayName: 'Anna',
      updatedAt,
    });
    expect(await rowAfter(created, to({ defaultChannel: 'sms' }))).toMatchObject({
      ...row,
      defaultChannel: 'sms',
      updatedAt,
    });
    expect(await rowAfter(created, to({ displayName: null, defaultChannel: null }))).toMatchObject({
      ...row,
      displayName: null,
      updatedAt,
    });
  });

  it('given channels that come, change and go, then they do so in the row', async () => {
    const email = aChannelOf('email', 'ann', { isPrimary: true });
    const ofEmail = { contactId, channelId: email.channelId };
    const added: ContactEvent = {
      type: 'ContactChannelAdded',
      data: { contactId, channel: email },
    };
    const changed: ContactEvent = {
      type: 'ContactChannelUpdated',
      data: { ...ofEmail, label: sealing.sealed('key-of-a', 'home'), verified: true },
    };
    const emailRow = { channel: 'email', identifier: 'ann@example.com', createdAt: specTime + 1 };
    expect(channelsOf(await rowAfter(created, added, changed))).toMatchObject([
      phoneRow,
      { ...emailRow, label: 'home', verified: true, isPrimary: true },
    ]);

    const bare: ContactEvent = { type: 'ContactChannelUpdated', data: { ...ofEmail, label: null } };
    expect(channelsOf(await rowAfter(created, added, changed, bare))[1]).toMatchObject({
      label: null,
      verified: true,
    });

    const removed: ContactEvent = {
      type: 'ContactChannelRemoved',
      data: { ...ofEmail, defaultChannelAfter: 'sms' },
    };
    const found = await rowAfter(created, added, changed, removed);
    expect(channelsOf(found)).toEqual([phoneRow]);
    expect(found).toMatchObject({ defaultChannel: 'sms', updatedAt: specTime + 3 });
  });

  it('given another becomes the primary one of its kind, then only that is', async () => {
    const second = aChannelOf('sms', 'ann-2', { isPrimary: true });
    const added: ContactEvent = {
      type: 'ContactChannelAdded',
      data: { contactId, channel: second },
    };
    const primary = async (...events: ContactEvent[]): Promise<string[]> =>
      channelsOf(await rowAfter(created, added, ...events))
        .filter(({ isPrimary }) => isPrimary)
        .map(({ id }) => id);
    const ofFirst = { contactId, channelId: phone.channelId };
    const set: ContactEvent = { type: 'PrimaryChannelSet', data: ofFirst };
    const removed: ContactEvent = {
      type: 'ContactChannelRemoved',
      data: { ...ofFirst, primaryChannelId: second.channelId, defaultChannelAfter: null },
    };

    expect(await primary()).toEqual([second.channelId]);
    expect(await primary(set)).toEqual([phone.channelId]);
    expect(await primary(set, removed)).toEqual([second.channelId]);
  });
});
