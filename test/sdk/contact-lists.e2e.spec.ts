import { setTimeout as delay } from 'node:timers/promises';
import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, type Account } from './support/accounts';
import { pagesOf, rawPageOf } from './support/pages';
import { expectInvalid, expectRefused, notFound } from './support/refusals';
import { expectShape } from './support/shape';
import { contact as contactShape } from './support/shapes';

jest.setTimeout(120_000);

const jose: Zavudev.ContactCreateParams = {
  displayName: 'José Peña',
  channels: [
    { channel: 'sms', identifier: '+56912345678' },
    { channel: 'email', identifier: 'jose@example.com' },
    { channel: 'sms', identifier: '+56912345679' },
  ],
};
const noContact = notFound('Contact not found.');

describe('contacts that the official client looks for', () => {
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

  async function namesOf(query: Zavudev.ContactListParams): Promise<(string | undefined)[]> {
    const pages = await pagesOf(own.contacts.list({ ...query, limit: 2 }), contactShape);
    return pages.flat().map(({ displayName }) => displayName);
  }

  /** By hand: the client leaves a plus in a path as it is. */
  async function byHand(path: string): Promise<{ status: number; body: Zavudev.Contact }> {
    const headers = { authorization: `Bearer ${own.apiKey}` };
    const answer = await fetch(system.server.url + path, { headers });
    return { status: answer.status, body: (await answer.json()) as Zavudev.Contact };
  }

  it('retrieveByPhone takes a raw plus and an encoded one, of any of its numbers', async () => {
    const { id } = await own.contacts.create(jose);
    const found = await own.contacts.retrieveByPhone('+56912345678');
    expect(expectShape(found, contactShape).id).toBe(id);
    expect((await own.contacts.retrieveByPhone('+56912345679')).id).toBe(id);
    for (const path of ['+56912345678', '%2B56912345678']) {
      const { status, body } = await byHand(`/v1/contacts/phone/${path}`);
      expect({ status, id: body.id }).toEqual({ status: 200, id });
    }
    await expectRefused(own.contacts.retrieveByPhone('+14155550100'), noContact);
    await expectRefused(account.main.contacts.retrieveByPhone('+56912345678'), noContact);
  });

  it('list pages, the newest first, and ends with a null', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) {
      await create(name, `+1415555010${name.charCodeAt(0) - 60}`);
    }
    const pages = await pagesOf(own.contacts.list({ limit: 2 }), contactShape);
    const names = pages.map((page) => page.map(({ displayName }) => displayName).join(''));
    expect(names).toEqual(['ED', 'CB', 'A']);
    const { items, nextCursor } = await rawPageOf(own.contacts.list({ limit: 5 }), contactShape);
    expect({ count: items.length, nextCursor }).toEqual({ count: 5, nextCursor: null });
    const careless = { limit: null, cursor: '', search: '', tag: [] } as unknown as object;
    expect((await own.contacts.list(careless)).items).toHaveLength(5);
    await expectInvalid(own.contacts.list({ limit: 101 }), 'limit');
    await expectInvalid(own.contacts.list({ cursor: 'x' }), 'cursor');
  });

  it('list finds by the primary phone, exactly', async () => {
    await own.contacts.create(jose);
    expect(await namesOf({ phoneNumber: '+56912345678' })).toEqual(['José Peña']);
    expect(await namesOf({ phoneNumber: '+56912345679' })).toEqual([]);
    expect(await namesOf({ phoneNumber: '+5691234567' })).toEqual([]);
  });

  it('list searches names, phones and addresses, the best first', async () => {
    await own.contacts.create(jose);
    await create('Josefa Peña Díaz', 'josefa@mail.example.com');
    await create('Jose', '+14155550178');
    await create('Ann', '+14155550199', 'ann.pena@example.com');
    const found: readonly [search: string, names: readonly string[]][] = [
      ['JOSE', ['Jose', 'José Peña', 'Josefa Peña Díaz']],
      ['josé peña', ['José Peña', 'Josefa Peña Díaz']],
      ['pena', ['Ann', 'Josefa Peña Díaz', 'José Peña']],
      ['diaz jos', ['Josefa Peña Díaz']],
      ['0199', ['Ann']],
      ['78', []],
      ['678', ['José Peña']],
      ['+56 9 1234 5679', ['José Peña']],
      ['jose@example.com', ['José Peña']],
      ['ann.pena@ex', ['Ann']],
      ['nobody', []],
    ];
    for (const [search, names] of found) {
      expect({ search, names: await namesOf({ search }) }).toEqual({ search, names });
    }
  });

  it('list knows no tag, however it is written', async () => {
    await expectInvalid(own.contacts.list({ tag: ['vip'] }), 'tag');
    await expectInvalid(own.contacts.list({ tag: ['vip', 'chile'] }), 'tag');
    for (const query of ['tag=vip', 'tag=a&tag=b']) {
      expect((await byHand(`/v1/contacts?${query}`)).status).toBe(400);
    }
  });

  it('whoever is sent to becomes a contact', async () => {
    await own.messages.send({ to: '+14155550123', text: 'Hello' });
    await own.messages.send({ to: '+14155550123', text: 'Hello again' });
    await own.messages.send({ to: 'ann@example.com', subject: 'Hi', text: 'Hello' });
    for (;;) {
      const { items } = await own.contacts.list();
      if (items.length < 2) await delay(20);
      else break;
    }
    const pages = await pagesOf(own.contacts.list(), contactShape);
    const known = pages.flat().map((each) => each.primaryPhone ?? each.primaryEmail);
    expect(known.sort()).toEqual(['+14155550123', 'ann@example.com']);
  });
});
