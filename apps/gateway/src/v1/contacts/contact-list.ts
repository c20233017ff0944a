import { ApiError, contactsStream } from '@tollgate/contracts';
import type { Sealing } from '@tollgate/ports';
import {
  TERM_END,
  channelsOf,
  contactsByAddressIndex,
  contactsIndex,
  matchOf,
  termsOfQuery,
  type ContactRow,
  type SearchQuery,
} from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import {
  fillPage,
  listPage,
  PAGE_SIZE,
  PAGE_SIZE_MAX,
  type Listed,
  type Passed,
} from '../../http/pagination';
import type { FreshReads } from '../../reads/fresh-reads';
import { ContactSearch } from './contact-search';
import { contactView, primaryPhone, type ContactView } from './contact.view';
import type { ListContactsQuery } from './list-contacts.dto';
import { isBehind, placeOf, placeOfCursor, type MatchPlace } from './match-place';

/** Finds the contacts of an account. */
export class ContactList {
  constructor(
    private readonly reads: FreshReads,
    private readonly sealing: Sealing,
  ) {}

  async page(
    accountId: string,
    query: ListContactsQuery,
    reply: FastifyReply,
  ): Promise<Listed<ContactView>> {
    await this.reads.wait(contactsStream(accountId), reply);
    if (query.search === undefined && query.phoneNumber === undefined) {
      return listPage(this.reads.readModels, {
        index: contactsIndex(accountId),
        query,
        view: (row) => contactView(row as ContactRow),
      });
    }
    const { rows, nextCursor } = await fillPage(this.filtered(accountId, query), query.limit);
    return { items: rows.map((row) => contactView(row as ContactRow)), nextCursor };
  }

  /**
   * Whoever has the phone number, those first whose primary one it is.
   * @throws ApiError not_found
   */
  async withPhone(
    accountId: string,
    phoneNumber: string,
    reply: FastifyReply,
  ): Promise<ContactView> {
    await this.reads.wait(contactsStream(accountId), reply);
    const contacts = await this.withAddress(accountId, phoneNumber);
    const having = contacts.filter((contact) => hasPhone(contact, phoneNumber));
    const [first] = having;
    const found = having.find((each) => phoneOf(each) === phoneNumber) ?? first;
    if (found === undefined) throw new ApiError('not_found', 'Contact not found.');
    return contactView(found);
  }

  private filtered(
    accountId: string,
    { search: text, phoneNumber, cursor, limit = PAGE_SIZE }: ListContactsQuery,
  ): AsyncIterable<Passed> {
    const after = placeOfCursor(cursor);
    const search = text === undefined ? undefined : termsOfQuery(text);
    if (phoneNumber !== undefined) return this.withPrimary(accountId, phoneNumber, search, after);
    return new ContactSearch(this.reads.readModels, accountId, search!, limit).passed(after);
  }

  /** Few have one number: on channels of different kinds. */
  private async *withPrimary(
    accountId: string,
    phoneNumber: string,
    search: SearchQuery | undefined,
    after: MatchPlace | undefined,
  ): AsyncIterable<Passed> {
    const contacts = await this.withAddress(accountId, phoneNumber);
    const found = contacts
      .filter((contact) => phoneOf(contact) === phoneNumber)
      .map((row) => ({ row, id: row.id, match: search === undefined ? 1 : matchOf(search, row) }))
      .filter((place) => place.match > 0 && (after === undefined || isBehind(place, after)))
      .sort((one, other) => (isBehind(one, other) ? 1 : -1));
    for (const { row, ...place } of found) yield { place: placeOf(place), row, matches: true };
  }

  /** Each once. */
  private async withAddress(
    accountId: string,
    phoneNumber: string,
  ): Promise<readonly ContactRow[]> {
    const recipient = await this.sealing.recipientOf(accountId, phoneNumber);
    const request = { prefix: recipient + TERM_END, limit: PAGE_SIZE_MAX };
    const { items } = await this.reads.readModels.list(contactsByAddressIndex(accountId), request);
    return [...new Map(items.map(({ row }) => [row['id'], row as ContactRow])).values()];
  }
}

function hasPhone(contact: ContactRow, phoneNumber: string): boolean {
  return channelsOf(contact).some(({ identifier }) => identifier === phoneNumber);
}

function phoneOf(contact: ContactRow): string | undefined {
  return primaryPhone(channelsOf(contact))?.identifier;
}
