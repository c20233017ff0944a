import type { Answer } from '../../../spec/answer';
import { Stage } from '../../../spec/stage';
import type { ContactView } from './contact.view';

interface Page {
  readonly items: readonly ContactView[];
  readonly nextCursor: string | null;
}

let stage: Stage;

/** In the order in which they come; each a minute after the one before. */
const people = [
  ['José Álvarez', '+14155550001', 'jose@example.com'],
  ['Josefina Smith', '+14155550002', 'josefina@example.com'],
  ['Smith', '+14155550003', 'other@example.com'],
  [undefined, '+442071230002', 'nobody@example.com'],
  ['Ada Smith', '+14155550005', 'ada@example.com'],
] as const;

beforeAll(async () => {
  stage = await Stage.start();
  for (const [displayName, phone, email] of people) {
    stage.clock.advance(60_000);
    const channels = [
      { channel: 'sms', identifier: phone },
      { channel: 'whatsapp', identifier: phone },
      { channel: 'email', identifier: email },
    ];
    const body = { channels, ...(displayName === undefined ? {} : { displayName }) };
    await stage.got(201, 'POST', '/v1/contacts', { body });
  }
});

afterAll(() => stage.stop());

const list = (query: string): Promise<Answer<Page>> =>
  stage.send<Page>('GET', `/v1/contacts?${query}`);

async function page(query: string): Promise<Page> {
  const { status, body } = await list(query);
  expect([query, status]).toEqual([query, 200]);
  return body;
}

const phones = ({ items }: Page): unknown[] => items.map(({ primaryPhone }) => primaryPhone);

async function allPages(query: string, limit: number): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: Page = await page(`${query}&limit=${limit}&cursor=${encodeURIComponent(cursor)}`);
    pages.push(next);
    cursor = next.nextCursor;
  }
  return pages;
}

describe('the list of contacts', () => {
  it('has the newest first', async () => {
    const newestFirst = people.map(([, phone]) => phone).reverse();
    expect(phones(await page(''))).toEqual(newestFirst);
    expect((await allPages('', 2)).flatMap(phones)).toEqual(newestFirst);
  });

  it.each(['%2B14155550002', '+14155550002'])('finds a primary phone: %s', async (phone) => {
    expect(phones(await page(`phoneNumber=${phone}`))).toEqual(['+14155550002']);
  });

  it('finds no part of a phone, and no phone that is not the primary one', async () => {
    const channels = [
      { channel: 'sms', identifier: '+14155550101' },
      { channel: 'voice', identifier: '+14155550102' },
    ];
    const other = await stage.other();
    const key = other.key.secret;
    await stage.got(201, 'POST', '/v1/contacts', { key, body: { channels } });
    const found = (phone: string): Promise<Page> =>
      stage.got(200, 'GET', `/v1/contacts?phoneNumber=${phone}`, { key });
    expect(phones(await found('%2B14155550101'))).toEqual(['+14155550101']);
    expect((await found('%2B14155550102')).items).toEqual([]);
    expect((await found('14155550101')).items).toEqual([]);
  });

  it.each([
    ['jose', ['+14155550001', '+14155550002']],
    ['JOSÉ', ['+14155550001', '+14155550002']],
    ['jose álvarez', ['+14155550001']],
    ['smith', ['+14155550003', '+14155550005', '+14155550002']],
    ['0002', ['+442071230002', '+14155550002']],
    ['4155550002', ['+14155550002']],
    ['ada@example.com', ['+14155550005']],
    ['nobody', ['+442071230002']],
    ['smith ada', ['+14155550005']],
    ['+14155550003', ['+14155550003']],
    ['nothing like it', []],
    ['!!!', []],
  ])('finds names, addresses and ends of numbers, best first: %s', async (search, found) => {
    expect(phones(await page(`search=${encodeURIComponent(search)}`))).toEqual(found);
  });

  it.each([1, 2, 3])('finds in pages of %d', async (limit) => {
    const pages = await allPages('search=smith', limit);
    expect(pages.flatMap(phones)).toEqual(['+14155550003', '+14155550005', '+14155550002']);
    expect(pages.every(({ items }) => items.length > 0)).toBe(true);
  });

  it('joins its filters', async () => {
    const phone = 'phoneNumber=%2B14155550002';
    expect(phones(await page(`${phone}&search=smith`))).toEqual(['+14155550002']);
    expect(phones(await page(`${phone}&search=ada`))).toEqual([]);
  });

  it('finds no contact of a neighbour, nor goes on from one in its list', async () => {
    const { secret: key } = (await stage.other()).key;
    const channels = [{ channel: 'sms', identifier: '+14155550002' }];
    const body = { displayName: 'Josefina Smith', channels };
    const own = await stage.got<ContactView>(201, 'POST', '/v1/contacts', { key, body });
    const { nextCursor } = await page('search=smith&limit=1');
    const cursor = encodeURIComponent(nextCursor!);
    const asked = ['josefina smith', 'smith', 'jose', 'smith jo', '0002', `smith&cursor=${cursor}`];
    for (const search of asked) {
      const found = await stage.got<Page>(200, 'GET', `/v1/contacts?search=${search}`, { key });
      expect([search, found.items.map(({ id }) => id)]).toEqual([search, [own.id]]);
    }
  });

  it('takes empty filters for absent ones', async () => {
    expect((await page('phoneNumber=&search=&tag=&cursor=&limit=')).items).toHaveLength(5);
  });

  it.each(['tag=vip', 'tag=vip%2Cchile', 'tag=vip&tag=chile', 'tag=%20,vip'])(
    'knows no tags: %s',
    async (query) => {
      expect(await list(query)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', details: { errors: [{ path: ['tag'] }] } },
      });
    },
  );

  it('takes no cursor of another kind of list', async () => {
    const { nextCursor: ofAll } = await page('limit=1');
    const { nextCursor: ofSearch } = await page('search=smith&limit=1');
    for (const query of [`search=smith&cursor=${ofAll}`, `cursor=${ofSearch}`, 'cursor=abc']) {
      expect(await list(query)).toMatchObject({
        status: 400,
        body: { details: { errors: [{ path: ['cursor'] }] } },
      });
    }
  });

  it('forgets who was deleted, and knows who was renamed', async () => {
    const other = await stage.other();
    const key = other.key.secret;
    const [one, two] = await Promise.all(
      ['+14155550201', '+14155550202'].map((identifier) =>
        stage.got<ContactView>(201, 'POST', '/v1/contacts', {
          key,
          body: { displayName: 'Grace', channels: [{ channel: 'sms', identifier }] },
        }),
      ),
    );
    await stage.got(204, 'DELETE', `/v1/contacts/${one!.id}`, { key });
    const body = { displayName: 'Barbara' };
    await stage.got(200, 'PATCH', `/v1/contacts/${two!.id}`, { key, body });
    const found = (search: string): Promise<Page> =>
      stage.got(200, 'GET', `/v1/contacts?search=${search}`, { key });
    expect((await found('grace')).items).toEqual([]);
    expect(phones(await found('barb'))).toEqual(['+14155550202']);
    expect((await found('14155550201')).items).toEqual([]);
  });
});
