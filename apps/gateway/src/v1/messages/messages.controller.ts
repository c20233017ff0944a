import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Row } from '@tollgate/ports';
import { messagesIndex, type MessageRow } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountCaller } from '../../http/caller';
import { listPage, type Listed } from '../../http/pagination';
import { FreshReads } from '../../reads/fresh-reads';
import { ListMessagesQuery } from './list-messages.dto';
import { messageView, type MessageView } from './message.view';
import { MessagesService } from './messages.service';
import { SendMessageDto } from './send-message.dto';

/** Messages of the account that asks. */
@ApiTags('messages')
@ApiBearerAuth()
@Controller('v1/messages')
export class MessagesController {
  constructor(
    private readonly service: MessagesService,
    private readonly reads: FreshReads,
  ) {}

  @Post()
  @HttpCode(202)
  async send(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: SendMessageDto,
  ): Promise<{ message: MessageView }> {
    return { message: await this.service.send(request, accountCaller(request), body, reply) };
  }

  /** Newest first. */
  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: ListMessagesQuery,
  ): Promise<Listed<MessageView>> {
    const { teamId, accountId } = accountCaller(request);
    await this.reads.wait(teamId, reply);
    return listPage(this.reads.readModels, {
      index: messagesIndex(teamId, accountId),
      query,
      view: (row) => messageView(row as MessageRow),
      matches: (row) => isMatch(row, query),
    });
  }

  @Get(':id')
  async retrieve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<{ message: MessageView }> {
    return { message: await this.service.retrieve(accountCaller(request), id, reply) };
  }
}

function isMatch(row: Row, { status, to, channel }: ListMessagesQuery): boolean {
  return (
    (status === undefined || row['status'] === status) &&
    (to === undefined || row['to'] === to) &&
    (channel === undefined || row['channel'] === channel)
  );
}
