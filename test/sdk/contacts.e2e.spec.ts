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
import { contact as contactShape } from './support/shapes';

jest.setTimeout(120_000);

const jose: Zavudev.ContactCreateParams = {
  displayName: 'José Peña',
  metadata: { plan: 'gold', '': 'ключ' },
  channels: [
    { channel: 'sms', identifier: '+56912345678', countryCode: 'CL', label: 'work' },
    { channel: 'email', identifier: 'jose@example.com' },
    { channel: 'sms', identifier: '+56912345679' },
  ],
};
const noContact = notFound('Contact not found.');

describe('contacts of the official client', () => {
  let system: System;
  let account: Account;
  let own: Zavudev;

  beforeAll(async () => {
    system = await System.start();
  });

  beforeEach(async () => {
    account = await accountOn(system);
    ({ own } = account);
  });

  afterAll(() => system.end());

  function create(displayName: string, ...identifiers: string[]): Promise<Zavudev.Contact> {
    const channels = identifiers.map((identifier) => {
      const channel = identifier.includes('@') ? ('email' as const) : ('sms' as const);
      return { channel, identifier };
    });
    return own.contacts.create({ displayName, channels });
  }

  it('create answers 201 with every field, and retrieve the same', async () => {
    const { data, response } = await own.contacts.create(jose).withResponse();
    expect(response.status).toBe(201);
    expectShape(data, contactShape);
    expect(data).toMatchObject({
      displayName: jose.displayName,
      metadata: jose.metadata,
      availableChannels: ['sms', 'email'],
      primaryPhone: '+56912345678',
      phoneNumber: '+56912345678',
      primaryEmail: 'jose@example.com',
      countryCode: 'CL',
      verified: false,
      profileName: null,
    });
    expect(data.channels).toMatchObject([
      { ...jose.channels[0], isPrimary: true, verified: false },
      { ...jose.channels[1], isPrimary: true },
      { ...jose.channels[2], isPrimary: false },
    ]);
    expect(await own.contacts.retrieve(data.id)).toStrictEqual(data);
  });

  it('create takes a channel alone, and leaves out what was not given', async () => {
    const bare = await own.contacts.create({
      channels: [{ channel: 'telegram', identifier: '123456789' }],
    });
    expectShape(bare, contactShape);
    expect(bare.metadata).toEqual({});
    const left = ['displayName', 'defaultChannel', 'primaryPhone', 'primaryEmail', 'countryCode'];
    expect(left.filter((name) => name in bare)).toEqual([]);
  });

  it('create refuses what breaks a rule, and names it', async () => {
    const sms = { channel: 'sms', identifier: '+14155550100' } as const;
    const create = (body: object): Promise<unknown> =>
      own.contacts.create(body as Zavudev.ContactCreateParams);
    await expectInvalid(create({}), 'channels');
    await expectInvalid(create({ channels: [] }), 'channels');
    const many = Array.from({ length: 21 }, (_, n) => ({
      ...sms,
      identifier: `+141555501${n + 10}`,
    }));
    await expectInvalid(create({ channels: many }), 'channels');
    await expectInvalid(create({ channels: [sms], displayName: 'x'.repeat(201) }), 'displayName');
    await expectInvalid(create({ channels: [sms], metadata: { a: 1 } }), 'metadata');
    for (const [wrong, field] of [
      [{ channel: 'fax' }, 'channel'],
      [{ identifier: '4155550100' }, 'identifier'],
      [{ channel: 'email', identifier: 'nobody' }, 'identifier'],
      [{ countryCode: 'USA' }, 'countryCode'],
      [{ label: 'x'.repeat(51) }, 'label'],
      [{ isPrimary: 'yes' }, 'isPrimary'],
    ] as const) {
      await expectInvalid(create({ channels: [{ ...sms, ...wrong }] }), `channels.0.${field}`);
    }
    expect((await own.contacts.list()).items).toEqual([]);
  });

  it('an identifier belongs to one contact of an account, on its channel', async () => {
    await create('Ann', '+14155550100');
    const taken = badRequest('This sms identifier is already associated with another contact');
    await expectRefused(create('Bob', '+14155550100'), taken);
    await expectRefused(create('Bob', '+14155550101', '+14155550101'), taken);
    await own.contacts.create({ channels: [{ channel: 'voice', identifier: '+14155550100' }] });
    await account.main.contacts.create({
      channels: [{ channel: 'sms', identifier: '+14155550100' }],
    });
  });

  it('update changes what it names, clears by null, and takes an empty body', async () => {
    const { id, ...before } = await own.contacts.create(jose);
    const update = (body?: Zavudev.ContactUpdateParams): Promise<Zavudev.Contact> =>
      own.contacts.update(id, body as Zavudev.ContactUpdateParams);
    expect(await update()).toStrictEqual({ id, ...before });
    expect(await update({ defaultChannel: 'email', metadata: { plan: 'free' } })).toMatchObject({
      displayName: jose.displayName,
      defaultChannel: 'email',
      metadata: { plan: 'free' },
    });
    const cleared = await update({ displayName: null, defaultChannel: null, metadata: {} });
    expectShape(cleared, contactShape);
    expect(cleared.metadata).toEqual({});
    expect(['displayName', 'defaultChannel'].filter((name) => name in cleared)).toEqual([]);
    expect(await own.contacts.retrieve(id)).toStrictEqual(cleared);
    await expectRefused(
      update({ defaultChannel: 'voice' }),
      badRequest('This contact has no channel voice'),
    );
    const wrong = { displayName: '', defaultChannel: 'fax', metadata: [], channels: [] } as object;
    await expectInvalid(update(wrong), ...Object.keys(wrong));
  });

  it('delete answers 204 and leaves nothing, and the identifier is free', async () => {
    const { id } = await own.contacts.create(jose);
    const { data, response } = await own.contacts.delete(id).withResponse();
    expect({ data, status: response.status }).toEqual({ data: null, status: 204 });
    await expectRefused(own.contacts.delete(id), noContact);
    await expectRefused(own.contacts.retrieve(id), noContact);
    await expectRefused(own.contacts.retrieveByPhone('+56912345678'), noContact);
    expect((await own.contacts.list({ search: 'pena' })).items).toEqual([]);
    expect((await own.contacts.create(jose)).id).not.toBe(id);
  });

  it('merge moves the channels, keeps what the target is, and hides the source', async () => {
    const target = await create('Ann', '+14155550100');
    const source = await own.contacts.create(jose);
    const merge = (id: string, sourceContactId: string): Promise<Zavudev.Contact> =>
      own.contacts.merge(id, { sourceContactId });
    await expectRefused(
      merge(target.id, target.id),
      badRequest('Cannot merge a contact with itself'),
    );
    await expectRefused(merge(target.id, 'con_none'), noContact);
    await expectInvalid(own.contacts.merge(target.id, {} as never), 'sourceContactId');

    const merged = expectShape(await merge(target.id, source.id), contactShape);
    expect(merged).toMatchObject({
      id: target.id,
      displayName: 'Ann',
      primaryPhone: '+14155550100',
      primaryEmail: 'jose@example.com',
      availableChannels: ['sms', 'email'],
    });
    const primaries = merged.channels!.map(({ identifier, isPrimary }) => [identifier, isPrimary]);
    expect(primaries).toEqual([
      ['+14155550100', true],
      ['+56912345678', false],
      ['jose@example.com', true],
      ['+56912345679', false],
    ]);
    await expectRefused(own.contacts.retrieve(source.id), noContact);
    await expectRefused(merge(target.id, source.id), noContact);
    expect(await own.contacts.retrieveByPhone('+56912345679')).toStrictEqual(merged);
    expect((await own.contacts.list()).items).toStrictEqual([merged]);
  });

  const calls: readonly [string, (client: Zavudev, id: string) => Promise<unknown>][] = [
    ['retrieve', ({ contacts }, id) => contacts.retrieve(id)],
    ['update', ({ contacts }, id) => contacts.update(id, { displayName: 'B' })],
    ['delete', ({ contacts }, id) => contacts.delete(id)],
    ['merge', ({ contacts }, id) => contacts.merge(id, { sourceContactId: id })],
  ];

  it.each(calls)('%s: 404 for a contact that is none of the account’s', async (_, call) => {
    const { id } = await own.contacts.create(jose);
    await expectRefused(call(own, 'con_none'), noContact);
    await expectRefused(call(account.main, id), noContact);
    expect((await own.contacts.retrieve(id)).displayName).toBe(jose.displayName);
  });

  it.each([
    ...calls,
    ['create', ({ contacts }: Zavudev) => contacts.create(jose)],
    ['list', ({ contacts }: Zavudev) => contacts.list()],
    ['retrieveByPhone', ({ contacts }: Zavudev) => contacts.retrieveByPhone('+56912345678')],
  ] as typeof calls)('%s: 401 for a key that nobody has', async (_, call) => {
    await expectRefused(call(strangerOn(system), 'con_none'), unauthorized);
  });
});
