import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountCaller } from '../../http/caller';
import type { Listed } from '../../http/pagination';
import type { AttachmentView } from './attachment.view';
import { ListMessagesQuery } from './list-messages.dto';
import { MessageReader } from './message-reader';
import type { MessageView } from './message.view';
import { MessagesService } from './messages.service';
import { SendMessageDto } from './send-message.dto';

/** Messages of the account that asks. */
@ApiTags('messages')
@ApiBearerAuth()
@Controller('v1/messages')
export class MessagesController {
  constructor(
    private readonly service: MessagesService,
    private readonly messages: MessageReader,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiHeader({
    name: 'Zavu-Sender',
    required: false,
    description: "Id of a sender; the account's default one when absent.",
  })
  async send(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: SendMessageDto,
  ): Promise<{ message: MessageView }> {
    return { message: await this.service.send(request, accountCaller(request), body, reply) };
  }

  /** Newest first. */
  @Get()
  list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: ListMessagesQuery,
  ): Promise<Listed<MessageView>> {
    return this.messages.page(accountCaller(request), query, reply);
  }

  @Get(':id')
  async retrieve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<{ message: MessageView }> {
    return { message: await this.messages.message(accountCaller(request), id, reply) };
  }

  /** The files of an e-mail; none for other messages. */
  @Get(':id/attachments')
  async listAttachments(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<{ items: AttachmentView[] }> {
    return { items: await this.messages.attachments(accountCaller(request), id, reply) };
  }
}
