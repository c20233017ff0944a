import { ApiError, sendersStream } from '@tollgate/contracts';
import { ReadModelsUnavailable } from '@tollgate/ports';
import {
  numberKey,
  senderKey,
  sendersIndex,
  sendersKey,
  type NumberRow,
  type SenderRow,
  type SendersRow,
} from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import { listPage, type Listed, type PageQuery } from '../../http/pagination';
import type { FreshReads } from '../../reads/fresh-reads';
import { senderView, type KnownSender, type SenderView } from './sender.view';

/** Reads senders of one account, each with its number; those of another do not exist. */
export class SenderReader {
  constructor(private readonly reads: FreshReads) {}

  /** @throws ApiError not_found */
  async sender(accountId: string, senderId: string, reply?: FastifyReply): Promise<KnownSender> {
    const sender = await this.find(accountId, senderId, reply);
    if (sender === undefined) throw new ApiError('not_found', 'Sender not found.');
    return sender;
  }

  /**
   * A sender of which the writer has just said that it is there.
   * @throws ReadModelsUnavailable when it is not shown yet.
   */
  async changed(accountId: string, senderId: string, reply: FastifyReply): Promise<KnownSender> {
    const sender = await this.find(accountId, senderId, reply);
    if (sender === undefined) throw new ReadModelsUnavailable('the sender is not shown yet');
    return sender;
  }

  async find(
    accountId: string,
    senderId: string,
    reply?: FastifyReply,
  ): Promise<KnownSender | undefined> {
    await this.reads.wait(sendersStream(accountId), reply);
    const [row, defaultSenderId] = await Promise.all([
      this.reads.readModels.get(senderKey(accountId, senderId)),
      this.defaultSenderId(accountId),
    ]);
    if (row?.['accountId'] !== accountId) return undefined;
    return this.known(row as SenderRow, defaultSenderId);
  }

  /** The one that messages without a sender go from. */
  async findDefault(accountId: string): Promise<KnownSender | undefined> {
    await this.reads.wait(sendersStream(accountId));
    const senderId = await this.defaultSenderId(accountId);
    return senderId === null ? undefined : this.find(accountId, senderId);
  }

  async page(
    accountId: string,
    query: PageQuery,
    reply: FastifyReply,
  ): Promise<Listed<SenderView>> {
    await this.reads.wait(sendersStream(accountId), reply);
    const defaultSenderId = await this.defaultSenderId(accountId);
    return listPage(this.reads.readModels, {
      index: sendersIndex(accountId),
      query,
      view: async (row) => senderView(await this.known(row as SenderRow, defaultSenderId)),
    });
  }

  async number(accountId: string, numberId: string): Promise<NumberRow | undefined> {
    const row = await this.reads.readModels.get(numberKey(accountId, numberId));
    return row as NumberRow | undefined;
  }

  private async known(row: SenderRow, defaultSenderId: string | null): Promise<KnownSender> {
    const { id, accountId, numberId } = row;
    const number = numberId === null ? undefined : await this.number(accountId, numberId);
    return { row, number, isDefault: id === defaultSenderId };
  }

  private async defaultSenderId(accountId: string): Promise<string | null> {
    const row = await this.reads.readModels.get(sendersKey(accountId));
    return (row as SendersRow | undefined)?.defaultSenderId ?? null;
  }
}
