import { addressesIn, wholeOf, wordsOf } from './fold-text';

/*
 * What contacts are found by. A word is `w:` and the word, folded; whoever looks for its beginning
 * looks for terms with that prefix. A number is `p:` and its digits in reverse, so that its end is
 * a prefix too. `=:` and a text, folded, is for those who look for just that.
 */

/** Of one text, and of what is looked for, so many words count. */
export const WORDS_MAX = 32;
/** Terms are cut at so many characters: a store has a limit for what it sorts by. */
export const TERM_LENGTH_MAX = 64;
export const PHONE_DIGITS_MIN = 3;

const PHONE = /^[\d\s+()-]+$/;
const NUMERAL = /^[0-9]+$/;

/** @param text a name, a phone number, an e-mail address, or an id on another channel. */
export function termsOf(text: string): readonly string[] {
  const digits = phoneDigits(text);
  if (digits !== undefined) return [phoneTerm(digits)];
  const words = piecesOf(text).flatMap((word) =>
    isNumeral(word) ? [wordTerm(word), phoneTerm(word)] : [wordTerm(word)],
  );
  const whole = wholeOf(text);
  return [...new Set(whole === '' ? words : [wholeTerm(whole), ...words])];
}

/** What somebody looks for. */
export type SearchQuery =
  | {
      readonly kind: 'phone';
      readonly digits: string;
      /** Who has just this number is listed under this term. */
      readonly wholeTerm: string;
      /** Every contact that matches is listed under terms with this prefix. */
      readonly prefixes: readonly [string];
    }
  | {
      readonly kind: 'words';
      /** Folded; e-mail addresses are in one piece. */
      readonly words: readonly string[];
      /** All of it in one piece, folded. */
      readonly whole: string;
      /** Who is called just that, or has it as an address, is listed under this term. */
      readonly wholeTerm: string;
      /**
       * Every contact that matches is listed under terms with each of these prefixes, and under
       * just these when it has every word. The longest comes first: it is the one that the fewest
       * contacts have. None when there is no word.
       */
      readonly prefixes: readonly string[];
    };

/** A part of a phone number when there are digits enough and nothing else, words otherwise. */
export function termsOfQuery(search: string): SearchQuery {
  const digits = phoneDigits(search);
  if (digits !== undefined) {
    const term = phoneTerm(digits);
    return { kind: 'phone', digits, wholeTerm: term, prefixes: [term] };
  }
  const all = search.split(/\s+/).flatMap((text) => {
    const addresses = addressesIn(text);
    return addresses.length > 0 ? addresses : wordsOf(text);
  });
  const words = [...new Set(all)].slice(0, WORDS_MAX);
  const prefixes = words.map(wordTerm).sort((one, other) => other.length - one.length);
  const whole = wholeOf(search);
  return { kind: 'words', words, whole, wholeTerm: wholeTerm(whole), prefixes };
}

/** Words and e-mail addresses, folded; none of what reads like a phone number. */
export function piecesOf(text: string): readonly string[] {
  if (phoneDigits(text) !== undefined) return [];
  return [...addressesIn(text), ...wordsOf(text)].slice(0, WORDS_MAX);
}

/** The digits of what reads like a phone number; undefined for anything else. */
export function phoneDigits(text: string): string | undefined {
  if (!PHONE.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  return digits.length < PHONE_DIGITS_MIN ? undefined : digits;
}

/** Numbers whose end may be looked for. */
export function numbersIn(text: string): readonly string[] {
  const digits = phoneDigits(text);
  return digits === undefined ? piecesOf(text).filter(isNumeral) : [digits];
}

/** A word that might be looked for as the end of a phone number. */
const isNumeral = (word: string): boolean => word.length >= PHONE_DIGITS_MIN && NUMERAL.test(word);

/** An e-mail address is in one piece already. */
function wholeTerm(whole: string): string {
  return whole.includes('@') && !/\s/.test(whole) ? wordTerm(whole) : cut(`=:${whole}`);
}

const wordTerm = (word: string): string => cut(`w:${word}`);
const phoneTerm = (digits: string): string => cut(`p:${[...digits].reverse().join('')}`);

/** Never amid a character that takes two places. */
function cut(term: string): string {
  return term.slice(0, TERM_LENGTH_MAX).replace(/[\ud800-\udbff]$/, '');
}
