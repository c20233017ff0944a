import { JSON_DEPTH_MAX, mayHoldLoneSurrogates, problemOfJson } from './json-values';

const HALF = 'must not contain half of a surrogate pair';
const DEEP = `must not be nested deeper than ${JSON_DEPTH_MAX}`;

/** `levels` containers, one in the other. */
function nested(levels: number, open: string, close: string): unknown {
  return JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`);
}

describe('a JSON value as a whole', () => {
  it.each([
    ['text of any script', { text: 'ñ € 漢 😀 \u0000 \ufeff' }],
    ['names of any script', { '😀': { 漢: [null, true, 1.5] } }],
    ['names that every object inherits', { constructor: 1, toString: { valueOf: 2 } }],
    ['nothing', null],
  ])('has no problem: %s', (_, value) => {
    expect(problemOfJson(value)).toBeUndefined();
  });

  it.each([
    ['a high half', 'a\ud83d'],
    ['a low half', '\ude00b'],
    ['halves in the wrong order', '\ude00\ud83d'],
    ['two high halves', '\ud83d\ud83d'],
  ])('must not hold %s, in a value or a name', (_, text) => {
    expect(problemOfJson({ a: [{ b: text }] })).toBe(HALF);
    expect(problemOfJson({ a: [{ [text]: 1 }] })).toBe(HALF);
    expect(mayHoldLoneSurrogates(JSON.stringify({ a: text }))).toBe(true);
    expect(mayHoldLoneSurrogates(JSON.stringify({ a: text }).toUpperCase())).toBe(false);
  });

  it('may hold halves only where they are escaped', () => {
    expect(mayHoldLoneSurrogates('{"a":"\\uD83D"}')).toBe(true);
    expect(mayHoldLoneSurrogates('{"a":"\\u00e9 \\ue000 😀"}')).toBe(false);
  });

  it.each([
    ['objects', '{"a":', '}'],
    ['arrays', '[', ']'],
  ])('is nested to a limit: %s', (_, open, close) => {
    expect(problemOfJson(nested(JSON_DEPTH_MAX, open, close))).toBeUndefined();
    expect(problemOfJson(nested(JSON_DEPTH_MAX + 1, open, close))).toBe(DEEP);
  });

  it('never overflows the stack', () => {
    expect(problemOfJson(nested(100_000, '[', ']'))).toBe(DEEP);
  });
});
