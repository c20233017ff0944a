import { ApiError, contactsStream } from '@tollgate/contracts';
import type { Sealing } from '@tollgate/ports';
import {
  TERM_END,
  channelsOf,
  contactsByAddressIndex,
  contactsIndex,
  contactsSearchIndex,
  termsOfQuery,
  type ContactRow,
} from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import { listPage, PAGE_SIZE_MAX, type Listed } from '../../http/pagination';
import type { FreshReads } from '../../reads/fresh-reads';
import { contactView, primaryPhone, type ContactView } from './contact.view';
import type { ListContactsQuery } from './list-contacts.dto';
import { rankedPage } from './ranked-contacts';

/** A search looks at so many places of its index; its best is among the newest of these. */
const CANDIDATES_MAX = 500;

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
    const { contacts, nextCursor } = await this.filtered(accountId, query);
    return { items: contacts.map(contactView), nextCursor };
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

  private async filtered(
    accountId: string,
    query: ListContactsQuery,
  ): Promise<ReturnType<typeof rankedPage>> {
    const { phoneNumber } = query;
    const search = query.search === undefined ? undefined : termsOfQuery(query.search);
    const candidates =
      phoneNumber === undefined
        ? await this.candidates(contactsSearchIndex(accountId), search!.prefixes[0])
        : await this.withAddress(accountId, phoneNumber);
    return rankedPage(candidates, { phoneNumber, search }, query);
  }

  private async withAddress(
    accountId: string,
    phoneNumber: string,
  ): Promise<readonly ContactRow[]> {
    const recipient = await this.sealing.recipientOf(accountId, phoneNumber);
    return this.candidates(contactsByAddressIndex(accountId), recipient + TERM_END);
  }

  /** None without a prefix: what has no word finds nobody. */
  private async candidates(
    index: string,
    prefix: string | undefined,
  ): Promise<readonly ContactRow[]> {
    const found: ContactRow[] = [];
    let before: string | undefined;
    while (prefix !== undefined && found.length < CANDIDATES_MAX) {
      const from = before === undefined ? {} : { before };
      const request = { limit: PAGE_SIZE_MAX, prefix, ...from };
      const { items, hasMore } = await this.reads.readModels.list(index, request);
      found.push(...items.map(({ row }) => row as ContactRow));
      before = items[items.length - 1]?.sortKey;
      if (!hasMore || before === undefined) break;
    }
    return found;
  }
}

function hasPhone(contact: ContactRow, phoneNumber: string): boolean {
  return channelsOf(contact).some(({ identifier }) => identifier === phoneNumber);
}

function phoneOf(contact: ContactRow): string | undefined {
  return primaryPhone(channelsOf(contact))?.identifier;
}
