import { termsOfQuery, type ContactRow } from '@tollgate/projections';
import { rankedPage } from './ranked-contacts';

function contact(id: string, displayName: string, createdAt = 0, phone = '+1'): ContactRow {
  return {
    id,
    accountId: 'sub_1',
    displayName,
    metadata: {},
    defaultChannel: null,
    createdAt,
    updatedAt: createdAt,
    'channel/c': { id: 'c', channel: 'sms', identifier: phone, countryCode: null, createdAt },
    'primary/c': '0000000000000001',
  };
}

const candidates = [
  contact('con_1', 'Ada Smith', 10),
  contact('con_2', 'Smithers', 20),
  contact('con_3', 'Smith', 5),
  contact('con_4', 'Grace', 30),
  contact('con_5', 'Eve Smith', 10),
];
const search = termsOfQuery('smith');

function idsOf(limit: number, cursor?: string): [string[], string | null] {
  const query = cursor === undefined ? { limit } : { limit, cursor };
  const { contacts, nextCursor } = rankedPage(candidates, { search }, query);
  return [contacts.map(({ id }) => id), nextCursor];
}

describe('contacts that were found', () => {
  it('come best first, then newest, then by their ids, which grow', () => {
    expect(idsOf(10)).toEqual([['con_3', 'con_5', 'con_1', 'con_2'], null]);
  });

  it.each([1, 2, 3, 4])('come in pages of %d, each once, none empty', (limit) => {
    const found: string[] = [];
    let cursor: string | undefined;
    for (;;) {
      const [ids, next] = idsOf(limit, cursor);
      expect(ids.length).toBeGreaterThan(0);
      found.push(...ids);
      if (next === null) break;
      cursor = next;
    }
    expect(found).toEqual(['con_3', 'con_5', 'con_1', 'con_2']);
  });

  it('are listed once, however often they are listed in the index', () => {
    const { contacts } = rankedPage([...candidates, ...candidates], { search }, {});
    expect(contacts).toHaveLength(4);
  });

  it('have the phone that is looked for as their primary one', () => {
    const filter = { phoneNumber: '+2' };
    const others = [...candidates, contact('con_6', 'Smith', 0, '+2')];
    const { contacts, nextCursor } = rankedPage(others, filter, {});
    expect([contacts.map(({ id }) => id), nextCursor]).toEqual([['con_6'], null]);
    expect(rankedPage(others, { ...filter, search: termsOfQuery('ada') }, {}).contacts).toEqual([]);
  });

  it.each(['abc', '', Buffer.from('4 0 con_1').toString('base64url')])(
    'begin after no cursor of another making: %s',
    (cursor) => {
      expect(() => rankedPage(candidates, { search }, { cursor })).toThrow('nextCursor');
    },
  );
});
