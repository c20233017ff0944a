import type { EventReader, ReadModelReader } from '@tollgate/ports';
import type { Place } from './place';
import { withFolder } from './with-folder';
import { withServers } from './with-servers';

/** What an audit reads. */
export interface Books {
  readonly events: EventReader;
  /** Absent when nobody said where they are. */
  readonly readModels?: ReadModelReader;
  /** Whether read models that differ shall be looked at again; absent where they do not lag. */
  readonly mayCatchUp?: () => Promise<boolean>;
}

/**
 * Lets `work` read the books of a place, also while a system works on them.
 * @throws CommandFailure when they can't be read.
 */
export function withBooks<Result>(
  place: Place,
  work: (books: Books) => Promise<Result>,
): Promise<Result> {
  return place.kind === 'folder' ? withFolder(place.path, work) : withServers(place, work);
}
