import fc from 'fast-check';
import type { ContactRow } from './read-models';
import { matchOf } from './search-match';
import { termsOf, termsOfQuery } from './search-terms';

function contact(displayName: string | null, ...identifiers: string[]): ContactRow {
  const channels = identifiers.map((identifier, n): [string, unknown] => [
    `channel/chn_${n}`,
    { id: `chn_${n}`, channel: 'sms', identifier, countryCode: null, createdAt: n },
  ]);
  return {
    id: 'con_1',
    accountId: 'acc_1',
    displayName,
    metadata: { note: 'secret' },
    defaultChannel: null,
    createdAt: 0,
    updatedAt: 0,
    ...Object.fromEntries(channels),
    'channel/chn_gone': null,
    'label/chn_0': 'private',
  };
}

const ann = contact('Zoë Ann Lee', '+14155550100', 'ann.lee@example.com');
const match = (search: string, row = ann): number => matchOf(termsOfQuery(search), row);

describe('how well a contact is what was looked for', () => {
  it.each([
    ['zoe ann lee', 3],
    ['ANN.LEE@example.com', 3],
    ['+1 415 555 0100', 3],
    ['lee zoë', 2],
    ['ann', 2],
    ['example ann', 2],
    ['zo an', 1],
    ['ann.lee@ex', 1],
    ['0100', 1],
    ['ann bee', 0],
    ['nn', 0],
    ['4155', 0],
    ['private', 0],
    ['secret', 0],
    ['gone', 0],
    ['', 0],
  ])('given %p, then %i', (search, expected) => expect(match(search)).toBe(expected));

  it('given a contact that shows nothing, then it is never what was looked for', () => {
    expect(match('ann', contact(null))).toBe(0);
    expect(match('0100', contact(null))).toBe(0);
  });

  it('given a number in a name, then its end is found', () => {
    expect([match('007', contact('Agent 1007')), match('1007', contact('Agent 1007'))]).toEqual([
      1, 3,
    ]);
  });

  it('given an address as a name, then it is found in one piece too', () => {
    expect(match('bob@exam', contact('Bob bob@example.com'))).toBe(1);
  });
});

/*
 * Goal: whoever looks through the index, by all of a text, by all words, or by the beginnings of
 * words, misses nobody. Method: texts of few words and marks, so that many match.
 */
const text = fc
  .array(fc.constantFrom('ann', 'Lee', 'éa', '@', '.', ' ', '-', '007', '12', '+', 'ß'), {
    maxLength: 7,
  })
  .map((parts) => parts.join(''));

describe('contacts that match', () => {
  it('are listed under the terms for it', () => {
    const matches = [0, 0, 0, 0];
    const property = fc.property(
      text,
      fc.array(text, { maxLength: 3 }),
      text,
      (name, ids, search) => {
        const query = termsOfQuery(search);
        const how = matchOf(query, contact(name, ...ids));
        const terms = [name, ...ids].flatMap(termsOf);
        matches[how]! += 1;
        if (how === 0) return;
        expect(query.prefixes.length).toBeGreaterThan(0);
        if (how === 3) expect(terms).toContain(query.wholeTerm);
        if (how >= 2) expect(terms).toEqual(expect.arrayContaining([...query.prefixes]));
        for (const prefix of query.prefixes) {
          expect(terms.some((term) => term.startsWith(prefix))).toBe(true);
        }
      },
    );
    fc.assert(property, { numRuns: 5_000 });
    expect(Math.min(...matches)).toBeGreaterThan(30);
  });
});
