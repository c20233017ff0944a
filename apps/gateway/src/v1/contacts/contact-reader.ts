import { ApiError, contactsStream } from '@tollgate/contracts';
import { ReadModelsUnavailable } from '@tollgate/ports';
import { contactKey, type ContactRow } from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import type { FreshReads } from '../../reads/fresh-reads';

/** Reads contacts of one account; those of another do not exist. */
export class ContactReader {
  constructor(private readonly reads: FreshReads) {}

  /** @throws ApiError not_found */
  async contact(accountId: string, contactId: string, reply?: FastifyReply): Promise<ContactRow> {
    const contact = await this.find(accountId, contactId, reply);
    if (contact === undefined) throw new ApiError('not_found', 'Contact not found.');
    return contact;
  }

  /**
   * A contact of which the writer has just said that it is there.
   * @throws ReadModelsUnavailable when it is not shown yet.
   */
  async changed(accountId: string, contactId: string, reply: FastifyReply): Promise<ContactRow> {
    const contact = await this.find(accountId, contactId, reply);
    if (contact === undefined) throw new ReadModelsUnavailable('the contact is not shown yet');
    return contact;
  }

  async find(
    accountId: string,
    contactId: string,
    reply?: FastifyReply,
  ): Promise<ContactRow | undefined> {
    await this.reads.wait(contactsStream(accountId), reply);
    const row = await this.reads.readModels.get(contactKey(accountId, contactId));
    return row?.['accountId'] === accountId ? (row as ContactRow) : undefined;
  }
}
