import { monotonicFactory } from 'ulid';
import type { IdSource } from '@tollgate/ports';

/** Command ids that sort by the time they were made, also those of one process and one ms. */
export function ulidIds(): IdSource {
  const next = monotonicFactory();
  return { next: () => next() };
}
