import { ID_ALPHABET } from '@tollgate/domain';
import { deriveSecret, isWellFormedSecret, shownPrefix, type KeyKind } from './api-key-secret';

const KEY_SECRET = 'the key secret of a spec';
const DIGITS = ID_ALPHABET.toLowerCase();

const kinds: readonly (KeyKind & { readonly prefix: string })[] = [
  { environment: 'live', isMain: true, prefix: 'tg_live_' },
  { environment: 'test', isMain: true, prefix: 'tg_test_' },
  { environment: 'live', isMain: false, prefix: 'tg_live_sub_' },
  { environment: 'test', isMain: false, prefix: 'tg_test_sub_' },
];

/** Secrets of keys 0 to 24 of each kind: their characters differ at every place. */
const secrets = kinds.flatMap((kind) =>
  Array.from({ length: 25 }, (_, key) => ({
    secret: deriveSecret(`key_${key}`, kind, KEY_SECRET),
    bodyAt: kind.prefix.length,
  })),
);

const replaced = (text: string, at: number, digit: string): string =>
  text.slice(0, at) + digit + text.slice(at + 1);

function swapped(text: string, left: number, right: number): string {
  return replaced(replaced(text, left, text[right]!), right, text[left]!);
}

describe('the secret of an API key', () => {
  it.each(kinds)('says what it is at sight: $prefix', ({ prefix, ...kind }) => {
    const secret = deriveSecret('key_1', kind, KEY_SECRET);
    expect(secret).toMatch(new RegExp(`^${prefix}[0-9a-hjkmnp-tv-z]{38}$`));
    expect(isWellFormedSecret(secret)).toBe(true);
    expect(shownPrefix(secret, kind)).toBe(secret.slice(0, prefix.length + 6));
  });

  /** A changed derivation would make the repeat of a lost answer show a key that does not work. */
  it('is derived the same way for ever', () => {
    const secret = deriveSecret('key_1', { environment: 'live', isMain: true }, KEY_SECRET);
    expect(secret).toBe('tg_live_gc7mw4328pph8csp5azsjzzd4f3ngfqh5xaddd');
  });

  it('differs by key, by kind and by installation', () => {
    const live = { environment: 'live', isMain: true } as const;
    const all = [
      ...secrets.map(({ secret }) => secret.slice(-38)),
      deriveSecret('key_0', live, 'another').slice(-38),
    ];
    expect(new Set(all).size).toBe(25 * kinds.length + 1);
  });

  it('is not well-formed with any one character replaced', () => {
    const missed = secrets.flatMap(({ secret, bodyAt }) =>
      places(secret, bodyAt).flatMap((at) =>
        [...DIGITS]
          .filter((digit) => digit !== secret[at])
          .filter((digit) => isWellFormedSecret(replaced(secret, at, digit)))
          .map((digit) => `${secret}: ${at} -> ${digit}`),
      ),
    );
    expect(missed).toEqual([]);
  });

  it('is not well-formed with any two characters swapped', () => {
    const missed = secrets.flatMap(({ secret, bodyAt }) =>
      pairs(places(secret, bodyAt))
        .filter(([left, right]) => secret[left] !== secret[right])
        .filter(([left, right]) => isWellFormedSecret(swapped(secret, left, right))),
    );
    expect(missed).toEqual([]);
  });

  it('is not well-formed with a character missing, doubled, in capitals or of another kind', () => {
    const { secret } = secrets[0]!;
    const wrong = [
      '',
      secret.slice(0, -1),
      secret.slice(1),
      `${secret}0`,
      ` ${secret}`,
      `${secret}\n`,
      secret.toUpperCase(),
      secret.replace('tg_', 'zv_'),
      secret.replace('_live_', '_test_'),
      secret.replace('_live_', '_live_sub_'),
      ...['i', 'l', 'o', 'u', 'é', '\u0000'].map((digit) => replaced(secret, 20, digit)),
    ];
    expect(wrong.filter(isWellFormedSecret)).toEqual([]);
  });
});

function places(secret: string, from: number): number[] {
  return Array.from({ length: secret.length - from }, (_, index) => from + index);
}

function pairs(of: readonly number[]): [number, number][] {
  return of.flatMap((left, index) =>
    of.slice(index + 1).map((right): [number, number] => [left, right]),
  );
}
