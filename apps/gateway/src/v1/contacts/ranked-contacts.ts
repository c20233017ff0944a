import { channelsOf, matchOf, type ContactRow, type SearchQuery } from '@tollgate/projections';
import { decodeCursor, encodeCursor, PAGE_SIZE, type PageQuery } from '../../http/pagination';
import { primaryPhone } from './contact.view';

/** The best first, then the newest; contacts of one time by their ids. */
const PLACE = /^[0-3] \d{1,16} \w{1,64}$/;
const TIME_DIGITS = 16;

interface Ranked {
  readonly contact: ContactRow;
  /** Sorts from the first to the last. */
  readonly place: string;
}

export interface ContactFilter {
  readonly phoneNumber?: string | undefined;
  readonly search?: SearchQuery | undefined;
}

/** One page of what few contacts match; the cursor says which one was the last. */
export function rankedPage(
  candidates: readonly ContactRow[],
  filter: ContactFilter,
  { limit = PAGE_SIZE, cursor }: PageQuery,
): { readonly contacts: readonly ContactRow[]; readonly nextCursor: string | null } {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, PLACE);
  const ranked = rank(candidates, filter).filter(({ place }) => {
    return after === undefined || isAfter(place, after);
  });
  const page = ranked.slice(0, limit);
  const isLast = ranked.length <= limit;
  return {
    contacts: page.map(({ contact }) => contact),
    nextCursor: isLast ? null : encodeCursor(page[page.length - 1]!.place),
  };
}

function rank(candidates: readonly ContactRow[], filter: ContactFilter): readonly Ranked[] {
  const byId = new Map(candidates.map((contact) => [contact.id, contact]));
  return [...byId.values()]
    .map((contact) => ({ contact, place: placeOf(contact, filter) }))
    .filter((ranked): ranked is Ranked => ranked.place !== undefined)
    .sort((one, other) => (isAfter(one.place, other.place) ? 1 : -1));
}

/** Undefined for a contact that does not match. */
function placeOf(contact: ContactRow, { phoneNumber, search }: ContactFilter): string | undefined {
  const match = search === undefined ? 1 : matchOf(search, contact);
  if (match === 0) return undefined;
  const phone = primaryPhone(channelsOf(contact));
  if (phoneNumber !== undefined && phone?.identifier !== phoneNumber) return undefined;
  return `${match} ${String(contact.createdAt).padStart(TIME_DIGITS, '0')} ${contact.id}`;
}

/** Places count down. */
const isAfter = (place: string, other: string): boolean => place < other;
