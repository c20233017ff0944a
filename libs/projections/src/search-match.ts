import { addressesOf } from './contact-channels';
import { wholeOf } from './fold-text';
import type { ContactRow } from './read-models';
import { numbersIn, phoneDigits, piecesOf, type SearchQuery } from './search-terms';

/**
 * How well a contact is what was looked for: 0 not at all, 1 when each word begins one of its
 * words, or a number of it ends so, 2 when each word is one of its words, 3 when its name, or one
 * of its addresses, is just that.
 */
export type Match = 0 | 1 | 2 | 3;

export function matchOf(query: SearchQuery, row: ContactRow): Match {
  const identifiers = addressesOf(row).map(({ identifier }) => identifier);
  const texts = row.displayName === null ? identifiers : [row.displayName, ...identifiers];
  return query.kind === 'phone' ? phoneMatch(query.digits, texts) : wordsMatch(query, texts);
}

function phoneMatch(digits: string, texts: readonly string[]): Match {
  const numbers = texts.flatMap(numbersIn);
  if (numbers.includes(digits)) return 3;
  return numbers.some((number) => number.endsWith(digits)) ? 1 : 0;
}

function wordsMatch(
  { words, whole }: Extract<SearchQuery, { kind: 'words' }>,
  texts: readonly string[],
): Match {
  const known = new Set(texts.flatMap(piecesOf));
  if (words.length === 0 || !words.every((word) => isBegun(word, known))) return 0;
  if (texts.some((text) => isNoPhone(text) && wholeOf(text) === whole)) return 3;
  return words.every((word) => known.has(word)) ? 2 : 1;
}

const isNoPhone = (text: string): boolean => phoneDigits(text) === undefined;

function isBegun(word: string, known: ReadonlySet<string>): boolean {
  if (known.has(word)) return true;
  for (const each of known) if (each.startsWith(word)) return true;
  return false;
}
