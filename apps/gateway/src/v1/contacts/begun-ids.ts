import type { ReadModelReader } from '@tollgate/ports';
import { TERM_END, TERM_LENGTH_MAX } from '@tollgate/projections';

/** No more is read of what begins with one prefix. */
export const BEGUN_MAX = 2_000;
/** No more prefixes are looked up: the rest is seen in the rows. */
const PREFIXES_MAX = 8;

/** What is listed under terms that begin with a prefix. */
interface Begun {
  readonly ids: ReadonlySet<string>;
  /** Of them, those that are listed under a longer term than the prefix. */
  readonly longer: ReadonlySet<string>;
  readonly isComplete: boolean;
}

/**
 * Ids of contacts that may have a word with each of these beginnings, and a longer one than that
 * for one of them, from the highest down. Whoever has is among them while one of the prefixes
 * begins no more than BEGUN_MAX places; otherwise some are, those with the last words by alphabet.
 */
export async function begunIds(
  readModels: ReadModelReader,
  index: string,
  prefixes: readonly string[],
): Promise<readonly string[]> {
  const begun: Begun[] = [];
  for (const prefix of prefixes.slice(0, PREFIXES_MAX)) {
    begun.push(await begunWith(readModels, index, prefix));
  }
  return [...candidatesIn(begun)].sort((one, other) => (one < other ? 1 : -1)).slice(0, BEGUN_MAX);
}

function candidatesIn(begun: readonly Begun[]): Iterable<string> {
  const [first, ...others] = begun.filter(({ isComplete }) => isComplete);
  if (first === undefined) return new Set(begun.flatMap(({ longer }) => [...longer]));
  const ids = begun.length === 1 ? first.longer : first.ids;
  return [...ids].filter((id) => others.every((other) => other.ids.has(id)));
}

async function begunWith(
  readModels: ReadModelReader,
  index: string,
  prefix: string,
): Promise<Begun> {
  const { sortKeys, hasMore } = await readModels.sortKeys(index, { prefix, limit: BEGUN_MAX });
  const ids = new Set<string>();
  const longer = new Set<string>();
  for (const sortKey of sortKeys) {
    const end = sortKey.indexOf(TERM_END);
    const id = sortKey.slice(end + 1);
    ids.add(id);
    // A term that was cut, perhaps amid a character of two places, stands for longer ones as well.
    if (end > prefix.length || end >= TERM_LENGTH_MAX - 1) longer.add(id);
  }
  return { ids, longer, isComplete: !hasMore };
}
