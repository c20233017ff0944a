import { ApiError, teamStream } from '@tollgate/contracts';
import type { Sealing } from '@tollgate/ports';
import {
  messageKey,
  messagesByChannelIndex,
  messagesByStatusIndex,
  messagesIndex,
  messagesToIndex,
  type MessageRow,
} from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import type { AccountCaller } from '../../http/caller';
import { BY_ID, listPage, type Listed, type Listing } from '../../http/pagination';
import type { FreshReads } from '../../reads/fresh-reads';
import { attachmentViews, type AttachmentView } from './attachment.view';
import type { ListMessagesQuery } from './list-messages.dto';
import { messageView, type MessageView, type OpenedMessage } from './message.view';

/** All that is left of a message whose recipient was erased. */
const ERASED: OpenedMessage = { to: '', content: {} };

type Account = Pick<AccountCaller, 'teamId' | 'accountId'>;

/** Reads the messages of one account; those of another do not exist. */
export class MessageReader {
  constructor(
    private readonly reads: FreshReads,
    private readonly sealing: Sealing,
  ) {}

  /** @throws ApiError not_found */
  async message(account: Account, messageId: string, reply?: FastifyReply): Promise<MessageView> {
    return this.view(await this.row(account, messageId, reply));
  }

  /** @throws ApiError not_found */
  async attachments(
    account: Account,
    messageId: string,
    reply: FastifyReply,
  ): Promise<AttachmentView[]> {
    const row = await this.row(account, messageId, reply);
    return row.channel === 'email' ? attachmentViews(row, await this.opened(row)) : [];
  }

  /** Newest first. Nobody is told that there were messages to somebody who was erased. */
  async page(
    account: Account,
    query: ListMessagesQuery,
    reply: FastifyReply,
  ): Promise<Listed<MessageView>> {
    await this.reads.wait(teamStream(account.teamId), reply);
    const { to, status, channel } = query;
    return listPage(this.reads.readModels, {
      ...(await this.index(account, query)),
      query,
      view: (row) => this.view(row as MessageRow),
      matches: async (row) =>
        (status === undefined || row['status'] === status) &&
        (channel === undefined || row['channel'] === channel) &&
        (to === undefined || (await this.opened(row as MessageRow)) !== ERASED),
    });
  }

  /** The index that the fewest messages are in which match. */
  private async index(
    { teamId, accountId }: Account,
    { to, status, channel }: ListMessagesQuery,
  ): Promise<Pick<Listing<MessageView>, 'index' | 'sortedBy'>> {
    if (to !== undefined) {
      const recipient = await this.sealing.recipientOf(accountId, to);
      return { index: messagesToIndex(teamId, accountId, recipient) };
    }
    if (status !== undefined) {
      return { index: messagesByStatusIndex(teamId, accountId, status), sortedBy: BY_ID };
    }
    return channel === undefined
      ? { index: messagesIndex(teamId, accountId) }
      : { index: messagesByChannelIndex(teamId, accountId, channel) };
  }

  private async row(
    { teamId, accountId }: Account,
    messageId: string,
    reply?: FastifyReply,
  ): Promise<MessageRow> {
    await this.reads.wait(teamStream(teamId), reply);
    const row = await this.reads.readModels.get(messageKey(teamId, messageId));
    if (row?.['accountId'] !== accountId) throw new ApiError('not_found', 'Message not found.');
    return row as MessageRow;
  }

  private async view(row: MessageRow): Promise<MessageView> {
    return messageView(row, await this.opened(row));
  }

  /** Messages of internal producers may have come, and been stored, as they are. */
  private async opened({ sealed, to, content }: MessageRow): Promise<OpenedMessage> {
    if (sealed === null) return { to: to ?? '', content: content ?? {} };
    const opened = (await this.sealing.open(sealed)) as OpenedMessage | undefined;
    return opened ?? ERASED;
  }
}
