import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import type { ReadModelWrite } from '@tollgate/ports';
import {
  addressesOf,
  contactKey,
  contactsSearchIndex,
  matchOf,
  TERM_END,
  termsOf,
  termsOfQuery,
  type ContactRow,
} from '@tollgate/projections';
import fc from 'fast-check';
import { fillPage } from '../../http/pagination';
import { BEGUN_MAX } from './begun-ids';
import { ContactSearch } from './contact-search';
import { placeOfCursor } from './match-place';

const ACCOUNT = 'sub_1';

/** One that has an e-mail address as well. */
function contact(n: number, displayName: string, identifier?: string): ContactRow {
  const id = `con_${String(n).padStart(6, '0')}`;
  const at = { createdAt: n, updatedAt: n };
  const mail = { id: 'chn_1', channel: 'email', identifier, countryCode: null, createdAt: n };
  const channels = identifier === undefined ? {} : { 'channel/chn_1': mail };
  const row = { id, accountId: ACCOUNT, displayName, metadata: {}, defaultChannel: null, ...at };
  return { ...row, ...channels };
}

/** As the projection lists them. */
async function listed(contacts: readonly ContactRow[]): Promise<InMemoryReadModels> {
  const readModels = new InMemoryReadModels();
  const index = contactsSearchIndex(ACCOUNT);
  const writes = contacts.flatMap((row): ReadModelWrite[] => {
    const key = contactKey(ACCOUNT, row.id);
    const texts = [row.displayName!, ...addressesOf(row).map(({ identifier }) => identifier)];
    const places = texts
      .flatMap(termsOf)
      .map((term) => ({ index, sortKey: `${term}${TERM_END}${row.id}` }));
    return [
      { kind: 'put', key, row },
      { kind: 'relist', key, part: 'texts', places },
    ];
  });
  const entry = { stream: 's', group: 's', firstRevision: 0, lastRevision: 0, position: 1, writes };
  await readModels.apply([entry]);
  return readModels;
}

/** Names of those who are found on each page. */
async function pagesOf(
  readModels: InMemoryReadModels,
  text: string,
  limit: number,
  pagesMax = Infinity,
): Promise<string[][]> {
  const search = new ContactSearch(readModels, ACCOUNT, termsOfQuery(text), limit);
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { rows, nextCursor } = await fillPage(search.passed(placeOfCursor(cursor)), limit);
    pages.push((rows as ContactRow[]).map(({ displayName }) => displayName!));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && pages.length < pagesMax);
  return pages;
}

const named = (names: readonly string[]): ContactRow[] =>
  names.map((name, n) => contact(n + 1, name));

/** One word too long to be a term, and one that is cut amid a character of two places. */
const long = 'x'.repeat(61);

/*
 * Goal: by the index, just those are found who match, in the order of how well they do. Method:
 * names of few words that begin alike, beside every name looked at one by one.
 */
const name = fc
  .array(fc.constantFrom('an', 'ann', 'Anna', 'bob', '007', '1007', long, `${long}𠮷𠮷`), {
    minLength: 1,
    maxLength: 3,
  })
  .map((words) => words.join(' '));

const mail = fc.constantFrom('ann@bob.com', 'bob@an.com', 'ann@bo');

describe('a search for contacts', () => {
  it('finds whom one finds who looks at everybody, in pages, none of them empty', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.tuple(name, fc.option(mail, { nil: undefined })), { maxLength: 12 }),
      fc.oneof(name, mail),
      fc.integer({ min: 1, max: 4 }),
      async (people, text, limit) => {
        const contacts = people.map(([called, address], n) => contact(n + 1, called, address));
        const expected = [3, 2, 1].flatMap((match) =>
          [...contacts]
            .reverse()
            .filter((row) => matchOf(termsOfQuery(text), row) === match)
            .map(({ displayName }) => displayName),
        );
        const pages = await pagesOf(await listed(contacts), text, limit);
        expect(pages.flat()).toEqual(expected);
        if (expected.length > 0) expect(pages.every(({ length }) => length > 0)).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  describe('among thousands who are called alike', () => {
    const many = Array.from({ length: 3 * BEGUN_MAX }, (_, n) => `Ann Smith ${n}`);
    const names = ['Bob Smith', 'Ann Smith', ...many, 'Ann Smithers', 'Bo Ann'];
    let readModels: InMemoryReadModels;

    beforeAll(async () => {
      readModels = await listed(named(names));
    });

    const found = async (text: string, limit = 3): Promise<string[]> =>
      (await pagesOf(readModels, text, limit, 1))[0]!;

    it('finds the one that has just that name first, then the newest', async () => {
      expect(await found('ann smith')).toEqual(['Ann Smith', many.at(-1), many.at(-2)]);
    });

    it('finds an old one by its words, however common each is', async () => {
      expect(await found('smith bob')).toEqual(['Bob Smith']);
      expect(await found('ann smith 17', 1)).toEqual(['Ann Smith 17']);
      expect(await found('17 ann', 1)).toEqual(['Ann Smith 17']);
    });

    it('finds by the beginnings of words, the newest first', async () => {
      const begun = names.filter((each) => / 17/.test(each)).reverse();
      expect(await found('an 17', 500)).toEqual(begun);
      expect(await found('an smithe')).toEqual(['Ann Smithers']);
    });

    it('lists all who have the words, page by page', async () => {
      const pages = await pagesOf(readModels, 'smith ann', 100);
      expect(pages.flat()).toHaveLength(many.length + 2);
      expect(new Set(pages.flat()).size).toBe(many.length + 2);
    });

    it('passes over those who are gone', async () => {
      const few = await listed(named(['Ann', 'Ann', 'Ann']));
      const key = contactKey(ACCOUNT, 'con_000002');
      const range = { firstRevision: 1, lastRevision: 1, position: 2 };
      const entry = { stream: 's', group: 's', ...range };
      const list = { index: contactsSearchIndex(ACCOUNT), sortKey: `w:ann${TERM_END}con_000002` };
      const writes = [
        { kind: 'remove', key },
        { kind: 'list', key, ...list },
      ] as const;
      await few.apply([{ ...entry, writes }]);
      expect((await pagesOf(few, 'ann', 5)).flat()).toEqual(['Ann', 'Ann']);
    });

    it('finds nobody whose words are not all there', async () => {
      expect(await found('bob ann')).toEqual([]);
      expect(await found('ann smith zoe')).toEqual([]);
    });
  });

  it('finds a name of very many words by all of it, and by each word that counts', async () => {
    const words = Array.from({ length: 40 }, (_, n) => `word${n}`);
    const readModels = await listed(named([words.join(' '), 'Ann']));
    for (const text of [words.join(' '), 'word0', 'word31 word7', 'word3']) {
      expect((await pagesOf(readModels, text, 5)).flat()).toEqual([words.join(' ')]);
    }
  });

  it.each(['abc', '', Buffer.from('4 con_1').toString('base64url')])(
    'goes on behind no cursor of another list: %p',
    (cursor) => expect(() => placeOfCursor(cursor)).toThrow('nextCursor'),
  );
});
