import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, strangerOn, type Account } from './support/accounts';
import {
  badRequest,
  expectInvalid,
  expectRefused,
  notFound,
  unauthorized,
} from './support/refusals';
import { expectShape } from './support/shape';
import { channelAnswer, contact as contactShape } from './support/shapes';

jest.setTimeout(120_000);

const noContact = notFound('Contact not found.');
const noChannel = notFound('Contact channel not found.');
const work = { channel: 'sms', identifier: '+14155550101' } as const;

describe('channels of contacts of the official client', () => {
  let system: System;
  let account: Account;
  let own: Zavudev;
  let contactId: string;
  let first: Zavudev.ContactChannel;

  beforeAll(async () => {
    system = await System.start();
  });

  beforeEach(async () => {
    account = await accountOn(system);
    ({ own } = account);
    const { id, channels } = await own.contacts.create({
      channels: [{ channel: 'sms', identifier: '+14155550100' }],
    });
    contactId = id;
    first = channels![0]!;
  });

  afterAll(() => system.end());

  const contact = async (): Promise<Zavudev.Contact> =>
    expectShape(await own.contacts.retrieve(contactId), contactShape);

  it('add answers 201 with the channel, which the contact has from then on', async () => {
    const asked = { ...work, countryCode: 'us', label: 'work' };
    const { data, response } = await own.contacts.channels.add(contactId, asked).withResponse();
    expect(response.status).toBe(201);
    expectShape(data, channelAnswer);
    const shown = { ...asked, countryCode: 'US', isPrimary: false, verified: false };
    expect(data.channel).toMatchObject(shown);
    expect((await contact()).channels).toStrictEqual([first, data.channel]);
  });

  it('the first of its kind is the primary one; another takes its place when it asks', async () => {
    const add = own.contacts.channels.add.bind(own.contacts.channels);
    const mail = await add(contactId, { channel: 'email', identifier: 'ann@example.com' });
    expect(mail.channel.isPrimary).toBe(true);
    expect((await add(contactId, { ...work, isPrimary: true })).channel.isPrimary).toBe(true);
    const { primaryPhone, primaryEmail, channels } = await contact();
    expect({ primaryPhone, primaryEmail }).toEqual({
      primaryPhone: work.identifier,
      primaryEmail: 'ann@example.com',
    });
    expect(channels!.map(({ isPrimary }) => isPrimary)).toEqual([false, true, true]);
  });

  it('add refuses what breaks a rule, and identifiers that a contact has', async () => {
    const add = (body: object): Promise<unknown> =>
      own.contacts.channels.add(contactId, body as Zavudev.Contacts.ChannelAddParams);
    await expectInvalid(add({}), 'channel', 'identifier');
    await expectInvalid(add({ channel: 'email', identifier: 'nobody' }), 'identifier');
    await expectInvalid(
      add({ ...work, label: 'x'.repeat(51), countryCode: '1' }),
      'label',
      'countryCode',
    );
    const taken = badRequest('This sms identifier is already associated with another contact');
    await expectRefused(add({ channel: 'sms', identifier: first.identifier }), taken);
    await own.contacts.create({ channels: [work] });
    await expectRefused(add(work), taken);
    expect((await contact()).channels).toStrictEqual([first]);
  });

  it('update changes what it names, and clears a label by null', async () => {
    const update = (body: object): Promise<{ channel: Zavudev.ContactChannel }> =>
      own.contacts.channels.update(first.id, { contactId, ...body });
    const changed = { label: 'home', verified: true, metadata: { floor: '3' } };
    const { channel } = expectShape(await update(changed), channelAnswer);
    expect(channel).toStrictEqual({ ...first, ...changed });
    expect(await contact()).toMatchObject({ verified: true, channels: [channel] });
    const cleared = await update({ label: null, verified: false });
    expect(cleared.channel).toStrictEqual({ ...first, metadata: changed.metadata });
    expect(await update({})).toStrictEqual(cleared);
    await expectInvalid(
      update({ label: '', verified: 'yes', metadata: 1 }),
      'label',
      'verified',
      'metadata',
    );
    await expectInvalid(update({ identifier: '+14155550199' }), 'identifier');
  });

  it('setPrimary needs no body, and takes it from the others of its kind', async () => {
    const { channel } = await own.contacts.channels.add(contactId, work);
    const set = await own.contacts.channels.setPrimary(channel.id, { contactId });
    expect(expectShape(set, channelAnswer).channel).toStrictEqual({ ...channel, isPrimary: true });
    expect((await contact()).primaryPhone).toBe(work.identifier);
    await own.contacts.channels.setPrimary(first.id, { contactId });
    expect((await contact()).channels).toStrictEqual([first, channel]);
  });

  it('remove answers 204 and frees the identifier; the last one stays', async () => {
    const { channel } = await own.contacts.channels.add(contactId, work);
    await own.contacts.update(contactId, { defaultChannel: 'sms' });
    const removing = own.contacts.channels.remove(first.id, { contactId });
    const { data, response } = await removing.withResponse();
    expect({ data, status: response.status }).toEqual({ data: null, status: 204 });
    expect(await contact()).toMatchObject({
      primaryPhone: work.identifier,
      defaultChannel: 'sms',
      channels: [{ ...channel, isPrimary: true }],
    });
    const last = badRequest('Cannot remove the last channel of a contact');
    await expectRefused(own.contacts.channels.remove(channel.id, { contactId }), last);
    await own.contacts.create({ channels: [{ channel: 'sms', identifier: first.identifier }] });
  });

  type Call = (client: Zavudev, channelId: string, contactId: string) => Promise<unknown>;
  const calls: readonly [string, Call][] = [
    [
      'update',
      ({ contacts }, id, of) => contacts.channels.update(id, { contactId: of, label: 'x' }),
    ],
    ['setPrimary', ({ contacts }, id, of) => contacts.channels.setPrimary(id, { contactId: of })],
    ['remove', ({ contacts }, id, of) => contacts.channels.remove(id, { contactId: of })],
  ];
  const add: Call = ({ contacts }, _, of) => contacts.channels.add(of, work);

  it.each(calls)('%s: 404 for a channel that is none of the contact’s', async (_, call) => {
    const other = await own.contacts.create({ channels: [work] });
    await expectRefused(call(own, 'chn_none', contactId), noChannel);
    await expectRefused(call(own, other.channels![0]!.id, contactId), noChannel);
    expect((await own.contacts.retrieve(other.id)).channels).toStrictEqual(other.channels);
  });

  it.each([...calls, ['add', add] as const])(
    '%s: 404 for a contact that is none of the account’s, 401 for a key of nobody',
    async (_, call) => {
      await expectRefused(call(own, first.id, 'con_none'), noContact);
      await expectRefused(call(account.main, first.id, contactId), noContact);
      await expectRefused(call(strangerOn(system), first.id, contactId), unauthorized);
      expect((await contact()).channels).toStrictEqual([first]);
    },
  );
});
