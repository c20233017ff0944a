import fc from 'fast-check';
import { ID_ALPHABET, idAtRevision, isCommandId, revisionInId, teamIdOf } from './ids';

const REVISION_MAX = 32 ** 9 - 1;
const commandId = fc
  .tuple(
    fc.constantFrom(...ID_ALPHABET.slice(0, 8)),
    fc.string({ unit: fc.constantFrom(...ID_ALPHABET), minLength: 25, maxLength: 25 }),
  )
  .map(([head, rest]) => head + rest);
const teamId = commandId.map(teamIdOf);
const revision = fc.oneof(
  fc.nat(),
  fc.integer({ min: 2 ** 31, max: REVISION_MAX }),
  fc.constantFrom(0, 31, 32, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, REVISION_MAX),
);

describe('an id that says its revision', () => {
  it('gives back the revision that it was made of', () => {
    fc.assert(
      fc.property(teamId, revision, (team, at) => {
        expect(revisionInId('chg', team, idAtRevision('chg', team, at))).toBe(at);
      }),
    );
  });

  it('sorts as its revision does', () => {
    fc.assert(
      fc.property(teamId, revision, revision, (team, left, right) => {
        const ids = [idAtRevision('chg', team, left), idAtRevision('chg', team, right)];
        expect(ids[0]! < ids[1]!).toBe(left < right);
      }),
    );
  });

  it('says nothing to another team or under another prefix', () => {
    fc.assert(
      fc.property(teamId, teamId, revision, (team, other, at) => {
        fc.pre(team.slice(-7) !== other.slice(-7));
        expect(revisionInId('chg', other, idAtRevision('chg', team, at))).toBeUndefined();
        expect(revisionInId('ref', team, idAtRevision('chg', team, at))).toBeUndefined();
      }),
    );
  });

  it('is not found in any other text', () => {
    const team = teamIdOf('01CMD00000000000000000ABCD');
    const id = idAtRevision('chg', team, 5);
    expect(revisionInId('chg', team, id)).toBe(5);
    const others = [
      '',
      'chg_',
      `${id}0`,
      id.slice(1),
      ` ${id}`.slice(0, id.length),
      id.toLowerCase(),
    ];
    const misspelt = ['I', 'L', 'O', 'U', '-', ' ', 'é'].map((sign) => id.replace('0', sign));
    for (const other of [...others, ...misspelt]) {
      expect(revisionInId('chg', team, other)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(revisionInId('chg', team, text)).toBeUndefined();
      }),
    );
  });
});

describe('a command id', () => {
  it('is 128 bits in the text form of a ULID', () => {
    fc.assert(fc.property(commandId, (id) => expect(isCommandId(id)).toBe(true)));
    expect(isCommandId('7ZZZZZZZZZZZZZZZZZZZZZZZZZ')).toBe(true);
    expect(isCommandId('00000000000000000000000000')).toBe(true);
  });

  it.each([
    ['more than 128 bits', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['a digit too few', '0123456789ABCDEFGHJKMNPQR'],
    ['a digit too many', '0123456789ABCDEFGHJKMNPQRST'],
    ['lower case', '01cmd000000000000000000042'],
    ['a letter that is no digit', '01CMD00000000000000000000I'],
    ['a line feed at its end', '01CMD000000000000000000042\n'],
    ['no text', ''],
  ])('is not %s', (_what, text) => expect(isCommandId(text)).toBe(false));
});
