/** Deeper than any sensible metadata, and far from what overflows a recursive reader's stack. */
export const JSON_DEPTH_MAX = 64;

/** With the flag u, pairs count as the character that they make: only halves are left to match. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/**
 * JSON can escape half of a surrogate pair, which no encoding of text can carry: two such strings
 * that differ would become the same bytes, and so the same idempotency key.
 */
export function mayHoldLoneSurrogates(text: string): boolean {
  return text.includes('\\u') && SURROGATE_ESCAPE.test(text);
}

/** What is wrong with a value as a whole; undefined when nothing is. Never recurses. */
export function problemOfJson(root: unknown): string | undefined {
  const open: [unknown, number][] = [[root, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string' && LONE_SURROGATE.test(value)) {
      return 'must not contain half of a surrogate pair';
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth === JSON_DEPTH_MAX) return `must not be nested deeper than ${JSON_DEPTH_MAX}`;
    for (const [name, item] of Object.entries(value)) open.push([name, depth], [item, depth + 1]);
  }
  return undefined;
}
