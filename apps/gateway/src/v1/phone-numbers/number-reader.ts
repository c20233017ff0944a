import { ApiError, sendersStream } from '@tollgate/contracts';
import { ReadModelsUnavailable } from '@tollgate/ports';
import {
  numberKey,
  numbersByStatusIndex,
  numbersIndex,
  type NumberRow,
} from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import { BY_ID, BY_PLACE, listPage, type Listed } from '../../http/pagination';
import type { FreshReads } from '../../reads/fresh-reads';
import type { ListNumbersQuery } from './phone-number.dto';
import { ownedNumberView, type OwnedNumberView } from './phone-number.view';

/** Reads the numbers that one account owns; those of another do not exist. */
export class NumberReader {
  constructor(private readonly reads: FreshReads) {}

  /** @throws ApiError not_found */
  async number(accountId: string, numberId: string, reply?: FastifyReply): Promise<NumberRow> {
    const number = await this.find(accountId, numberId, reply);
    if (number === undefined) throw new ApiError('not_found', 'Phone number not found.');
    return number;
  }

  /**
   * A number of which the writer has just said that it is there.
   * @throws ReadModelsUnavailable when it is not shown yet.
   */
  async changed(accountId: string, numberId: string, reply: FastifyReply): Promise<NumberRow> {
    const number = await this.find(accountId, numberId, reply);
    if (number === undefined) throw new ReadModelsUnavailable('the number is not shown yet');
    return number;
  }

  async find(
    accountId: string,
    numberId: string,
    reply?: FastifyReply,
  ): Promise<NumberRow | undefined> {
    await this.reads.wait(sendersStream(accountId), reply);
    const row = await this.reads.readModels.get(numberKey(accountId, numberId));
    return row?.['accountId'] === accountId ? (row as NumberRow) : undefined;
  }

  /** The writer has said that the account's numbers are at this revision: reads wait for it. */
  answered(accountId: string, streamRevision: number): void {
    this.reads.answered(sendersStream(accountId), streamRevision);
  }

  /** Numbers are never pending here: one is bought, or it is not. */
  async page(
    accountId: string,
    query: ListNumbersQuery,
    reply: FastifyReply,
  ): Promise<Listed<OwnedNumberView>> {
    const { status } = query;
    if (status === 'pending') return { items: [], nextCursor: null };
    await this.reads.wait(sendersStream(accountId), reply);
    const isFiltered = status !== undefined;
    return listPage(this.reads.readModels, {
      index: isFiltered ? numbersByStatusIndex(accountId, status) : numbersIndex(accountId),
      sortedBy: isFiltered ? BY_ID : BY_PLACE,
      query,
      view: (row) => ownedNumberView(row as NumberRow),
    });
  }
}
