import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountCaller } from '../../http/caller';
import { ContactChannelsService } from './contact-channels.service';
import { NewChannelDto, UpdateChannelDto } from './contact.dto';
import type { ContactChannelView } from './contact.view';

/** The channels that reach a contact. */
@ApiTags('contacts')
@ApiBearerAuth()
@Controller('v1/contacts/:id/channels')
export class ContactChannelsController {
  constructor(private readonly service: ContactChannelsService) {}

  @Post()
  async add(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') contactId: string,
    @Body() body: NewChannelDto,
  ): Promise<{ channel: ContactChannelView }> {
    const asked = { ...body, contactId };
    return { channel: await this.service.add(request, accountCaller(request), asked, reply) };
  }

  @Patch(':channelId')
  @ApiParam({ name: 'id' })
  @ApiParam({ name: 'channelId' })
  async update(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: UpdateChannelDto,
  ): Promise<{ channel: ContactChannelView }> {
    const { id: contactId, channelId } = request.params as { id: string; channelId: string };
    const change = { ...body, contactId, channelId };
    return { channel: await this.service.update(request, accountCaller(request), change, reply) };
  }

  @Delete(':channelId')
  @HttpCode(204)
  remove(
    @Req() request: FastifyRequest,
    @Param('id') contactId: string,
    @Param('channelId') channelId: string,
  ): Promise<void> {
    const named = { contactId, channelId };
    return this.service.remove(request, accountCaller(request), named);
  }

  /** Makes it the first choice among the contact's channels of its kind. */
  @Post(':channelId/primary')
  @HttpCode(200)
  async setPrimary(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') contactId: string,
    @Param('channelId') channelId: string,
  ): Promise<{ channel: ContactChannelView }> {
    const named = { contactId, channelId };
    return {
      channel: await this.service.setPrimary(request, accountCaller(request), named, reply),
    };
  }
}
