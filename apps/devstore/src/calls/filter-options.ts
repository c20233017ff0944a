import { prefixFilter, regexFilter, type EventFilter } from '../store/event-filter';
import type { FilteredBy } from '../store/event-filter';
import { InvalidRequest } from '../store/store.errors';
import type { Expression, FilterOptions } from '../wire/messages';

/** Events that are looked through at a time, unless a reader says otherwise. */
const SEARCH_WINDOW = 32;

export interface Filtering {
  readonly wants: EventFilter;
  /** After so many events, wanted or not, a reader learns how far it got. */
  readonly checkpointInterval: number;
}

/** @throws InvalidRequest for a filter without a pattern, or with one that is none. */
export function filterIn(options: FilterOptions | undefined): Filtering | undefined {
  if (options === undefined) return undefined;
  const { streamIdentifier, eventType, max, checkpointIntervalMultiplier = 1 } = options;
  const by: FilteredBy = streamIdentifier === undefined ? 'type' : 'stream';
  const wants = patternIn(by, streamIdentifier ?? eventType);
  const multiplier = Math.max(1, checkpointIntervalMultiplier);
  return { wants, checkpointInterval: multiplier * Math.max(1, max ?? SEARCH_WINDOW) };
}

function patternIn(by: FilteredBy, expression: Expression | undefined): EventFilter {
  const { regex = '', prefix = [] } = expression ?? {};
  if (prefix.length > 0) return prefixFilter(by, prefix);
  if (regex === '') throw new InvalidRequest('a filter has prefixes or a regular expression');
  try {
    return regexFilter(by, regex);
  } catch (error) {
    throw new InvalidRequest((error as Error).message);
  }
}
