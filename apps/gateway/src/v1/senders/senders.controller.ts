import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountCaller } from '../../http/caller';
import { PageQuery, type Listed } from '../../http/pagination';
import { CreateSenderDto, UpdateSenderDto } from './sender.dto';
import { SenderReader } from './sender-reader';
import { senderView, type SenderView } from './sender.view';
import { SendersService } from './senders.service';

/** What the account that asks sends its messages from. */
@ApiTags('senders')
@ApiBearerAuth()
@Controller('v1/senders')
export class SendersController {
  constructor(
    private readonly service: SendersService,
    private readonly senders: SenderReader,
  ) {}

  @Post()
  create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: CreateSenderDto,
  ): Promise<SenderView> {
    return this.service.create(request, accountCaller(request), body, reply);
  }

  /** Newest first. */
  @Get()
  list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: PageQuery,
  ): Promise<Listed<SenderView>> {
    return this.senders.page(accountCaller(request).accountId, query, reply);
  }

  @Get(':id')
  async retrieve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') senderId: string,
  ): Promise<SenderView> {
    const { accountId } = accountCaller(request);
    return senderView(await this.senders.sender(accountId, senderId, reply));
  }

  @Patch(':id')
  update(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') senderId: string,
    @Body() body: UpdateSenderDto,
  ): Promise<SenderView> {
    return this.service.update(request, accountCaller(request), { ...body, senderId }, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@Req() request: FastifyRequest, @Param('id') senderId: string): Promise<void> {
    return this.service.delete(request, accountCaller(request), senderId);
  }

  /** A new secret for the sender's webhook; the old one signs nothing any more. */
  @Post(':id/webhook/secret')
  @HttpCode(200)
  async regenerateSecret(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') senderId: string,
  ): Promise<{ secret: string }> {
    const caller = accountCaller(request);
    return { secret: await this.service.regenerateSecret(request, caller, senderId, reply) };
  }
}
