import type { RecordedEvent } from '@tollgate/ports';

/** Which events of the whole log a reader wants. */
export type EventFilter = (event: RecordedEvent) => boolean;

export type FilteredBy = 'stream' | 'type';

export function prefixFilter(by: FilteredBy, prefixes: readonly string[]): EventFilter {
  return (event) => prefixes.some((prefix) => event[by].startsWith(prefix));
}

/** @throws SyntaxError for what is no regular expression. */
export function regexFilter(by: FilteredBy, regex: string): EventFilter {
  const pattern = new RegExp(regex, 'u');
  return (event) => pattern.test(event[by]);
}
