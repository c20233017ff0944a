import type { Match } from '@tollgate/projections';
import { decodeCursor } from '../../http/pagination';

const PLACE = /^([1-3]) (\w{1,64})$/;

/** Where a contact is among those that were found: the best come first, then the newest. */
export interface MatchPlace {
  readonly match: Match;
  readonly id: string;
}

export const placeOf = ({ match, id }: MatchPlace): string => `${match} ${id}`;

/** Places count down. */
export function isBehind(place: MatchPlace, after: MatchPlace): boolean {
  return place.match === after.match ? place.id < after.id : place.match < after.match;
}

/** @throws ApiError invalid_request for the cursor of another list. */
export function placeOfCursor(cursor: string | undefined): MatchPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, match, id] = PLACE.exec(decodeCursor(cursor, PLACE))!;
  return { match: Number(match) as Match, id: id! };
}
