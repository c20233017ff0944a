import { decodeRow, encodeFields, encodeRow } from './row-codec';

function hashOf(...pairs: string[]): Record<string, string> {
  const entries = pairs.flatMap((name, at) => (at % 2 === 0 ? [[name, pairs[at + 1]!]] : []));
  return Object.fromEntries(entries) as Record<string, string>;
}

describe('rows as hashes', () => {
  it('given an empty hash, then there is no row', () => {
    expect(decodeRow({})).toBeUndefined();
  });

  it('given fields over a row, then they count', () => {
    const hash = hashOf('', encodeRow({ a: 1, b: [] }), ...encodeFields({ b: null, c: 1e15 }));

    expect(decodeRow(hash)).toEqual({ a: 1, b: null, c: 1e15 });
  });

  it('given a field that is undefined, then it hides what was there', () => {
    const hash = hashOf('', encodeRow({ a: 1 }), ...encodeFields({ a: undefined }));

    expect(decodeRow(hash)).toEqual({ a: undefined });
  });
});
