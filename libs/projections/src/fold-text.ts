/** Letters that Unicode does not take apart into a plain one and its mark. */
const plain: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  þ: 'th',
  ŧ: 't',
  ς: 'σ',
};

/** Most texts are plain already, and need not be taken apart. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The same text for all ways to write it: in any case, and with or without accents. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '');
  // By way of upper case, which has one form for ß and ss, and for ı and i.
  return bare
    .toUpperCase()
    .toLowerCase()
    .replace(/[æðđħłøœþŧς]/g, (letter) => plain[letter]!);
}

/** The words of a text, folded, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
}

/** A text in one piece, folded, without what stands around it, however it is spaced. */
export function wholeOf(text: string): string {
  const inner = foldText(text).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return inner.replace(/[\s\p{Cc}]+/gu, ' ');
}

/** The e-mail addresses in a text, and what looks like a part of one, each in one piece. */
export function addressesIn(text: string): string[] {
  if (!text.includes('@')) return [];
  return text
    .split(/\s+/)
    .map(wholeOf)
    .filter((whole) => whole.includes('@'));
}
