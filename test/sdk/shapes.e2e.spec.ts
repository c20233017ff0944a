import type Zavudev from '@zavudev/sdk';
import { System, type Team } from '../e2e/support/system';
import { anyText, clientOf, isoTime, stageOn } from './support/clients';

jest.setTimeout(180_000);

describe('what the official client is answered', () => {
  let system: System;
  let main: Zavudev;
  let team: Team;

  beforeAll(async () => {
    system = await System.start();
  });

  beforeEach(async () => {
    ({ main, team } = await stageOn(system));
  });

  afterAll(() => system.end());

  async function mainKey(environment: 'live' | 'test'): Promise<{ id: string; key: string }> {
    const { operator } = system;
    const path = `/operator/v1/teams/${team.id}/api-keys`;
    const { apiKey } = await operator.expect(
      201,
      operator.post<{ apiKey: { id: string; key: string } }>(path, { name: 'CI', environment }),
    );
    return apiKey;
  }

  describe.each(['live', 'test'] as const)('with a %s key of the main account', (environment) => {
    it('is who it is, and what the team has', async () => {
      const { id, key } = await mainKey(environment);
      const client = clientOf(system.server.url, key);
      expect(await client.me.retrieve()).toStrictEqual({
        project: { id: team.main.id, name: 'Acme', isSubAccount: false },
        team: { id: team.id, name: 'Acme' },
        apiKey: { id },
        isTestMode: environment === 'test',
      });
      expect(await client.balance.retrieve()).toStrictEqual({
        balance: 5_000,
        currency: 'usd',
        creditLimit: null,
        totalSpent: null,
        isSubAccount: false,
      });
    });

    it('is its messages, with what each cost', async () => {
      const client = clientOf(system.server.url, (await mainKey(environment)).key);
      const { message } = await client.messages.send({ to: '+14155550123', text: 'Hello' });
      const cost = environment === 'test' ? 0 : 0.0075;
      const shown = {
        id: message.id,
        to: '+14155550123',
        text: 'Hello',
        channel: 'sms',
        messageType: 'text',
        status: expect.stringMatching(/^(queued|sent|delivered)$/),
        direction: 'outbound',
        cost,
        costProvider: null,
        costTotal: cost,
        errorCode: null,
        errorMessage: null,
        createdAt: message.createdAt,
        updatedAt: isoTime,
      };
      // The carrier's id comes with its answer; the client knows no null for it.
      const listed: Partial<Zavudev.Message> = { ...(await client.messages.list()).items[0]! };
      delete listed.providerMessageId;
      expect(listed).toStrictEqual(shown);
      const spent = environment === 'test' ? 0 : 7_500;
      expect((await system.team(team)).balanceMicros).toBe(50_000_000 - spent);
    });
  });

  it.each([
    ['email', { to: 'ann@example.com', subject: 'Hi', text: 'Hello', htmlBody: '<p>Hello</p>' }],
    [
      'whatsapp',
      { to: '+14155550123', messageType: 'image', content: { mediaUrl: 'https://a.b/c' } },
    ],
    ['telegram', { to: '123456789', channel: 'telegram', text: 'Hello' }],
    ['sms_oneway', { to: '+14155550123', channel: 'sms_oneway', text: 'Hello' }],
    ['voice', { to: '+14155550123', channel: 'voice', text: 'Hello', voiceLanguage: 'en-US' }],
    ['sms', { to: '+14155550123', channel: 'auto', text: 'Hello', fallbackEnabled: false }],
  ] as const)('is the channel that a message goes by: %s', async (channel, asked) => {
    const { message } = await main.messages.send(asked);
    expect(message).toMatchObject({
      channel,
      status: 'queued',
      to: asked.to,
      cost: expect.any(Number),
    });
    expect(message.costTotal).toBe(message.cost);
    const retrieved = (await main.messages.retrieve(message.id)).message;
    expect(retrieved).toMatchObject({ id: message.id, channel, createdAt: message.createdAt });
    if ('content' in asked) expect(retrieved.content).toEqual(asked.content);
  });

  it('is metadata as it was given, before and after a crash', async () => {
    const metadata = {
      'ключ 😀': ['漢', null, true, 1.5, -0.1, 1e21, [], {}],
      constructor: { toString: 'x', hasOwnProperty: 1, length: 0 },
      nested: { a: { b: { c: [[['deep']]] } } },
      '': 'no name',
      'a.b': '\u0000\u2028"\\',
      size: 9_007_199_254_740_991,
    };
    const { subAccount } = await main.subAccounts.create({ name: 'A', metadata });
    expect(subAccount.metadata).toEqual(metadata);
    const { id } = subAccount;
    expect((await main.subAccounts.retrieve(id)).subAccount.metadata).toEqual(metadata);
    const message = await main.messages.send({
      to: '+14155550123',
      text: 'Hello',
      metadata: { constructor: 'a', ключ: 'b', '': '' },
    });
    await system.server.kill();
    await system.server.start();
    expect((await main.subAccounts.retrieve(id)).subAccount.metadata).toEqual(metadata);
    const sent = await main.messages.retrieve(message.message.id);
    expect(Object.entries(sent.message.metadata!)).toEqual([
      ['constructor', 'a'],
      ['ключ', 'b'],
      ['', ''],
    ]);
  });

  it('replaces metadata, and leaves alone what is not mentioned', async () => {
    const { subAccount } = await main.subAccounts.create({
      name: 'A',
      externalId: 'a-1',
      creditLimit: 9,
      metadata: { a: 1, b: 2 },
    });
    const { id } = subAccount;
    const updated = await main.subAccounts.update(id, { metadata: { b: 3 } });
    expect(updated).toStrictEqual({
      subAccount: {
        id,
        name: 'A',
        status: 'active',
        totalSpent: 0,
        creditLimit: 9,
        externalId: 'a-1',
        metadata: { b: 3 },
        createdAt: subAccount.createdAt,
      },
    });
  });

  it('is nulls where nothing was given', async () => {
    const { subAccount } = await main.subAccounts.create({ name: 'A' });
    expect(subAccount).toStrictEqual({
      id: anyText,
      name: 'A',
      status: 'active',
      totalSpent: 0,
      creditLimit: null,
      externalId: null,
      metadata: null,
      apiKey: anyText,
      createdAt: isoTime,
    });
  });

  it.each([
    [50, undefined],
    [100, 50],
    [101, 100],
  ])('is a list of %d in full pages, none of them empty', async (count, limit) => {
    const create = (name: number): Promise<unknown> => main.subAccounts.create({ name: `${name}` });
    for (let made = 0; made < count; made += 10) {
      const many = Math.min(10, count - made);
      await Promise.all(Array.from({ length: many }, (_, index) => create(made + index)));
    }
    const sizes: number[] = [];
    const names = new Set<string>();
    const query = limit === undefined ? {} : { limit };
    const first = await main.subAccounts.list(query);
    for await (const page of first.iterPages()) {
      sizes.push(page.items.length);
      page.items.forEach(({ name }) => names.add(name));
    }
    const size = limit ?? 50;
    expect(sizes).toHaveLength(Math.ceil(count / size));
    expect(sizes.every((items) => items > 0)).toBe(true);
    expect(names.size).toBe(count);
  });

  it('takes nulls of a careless caller for parameters that are absent', async () => {
    await main.subAccounts.create({ name: 'A' });
    const careless = { limit: null, cursor: '' } as unknown as Zavudev.SubAccountListParams;
    const page = await main.subAccounts.list(careless);
    expect(page.items).toHaveLength(1);
    expect(page.nextCursor).toBe('');
  });
});
