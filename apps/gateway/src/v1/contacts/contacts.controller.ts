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
import type { Listed } from '../../http/pagination';
import { ContactList } from './contact-list';
import { ContactMergeService } from './contact-merge.service';
import { ContactReader } from './contact-reader';
import { CreateContactDto, MergeContactsDto, UpdateContactDto } from './contact.dto';
import { contactView, type ContactView } from './contact.view';
import { ContactsService } from './contacts.service';
import { ListContactsQuery } from './list-contacts.dto';

/** The contacts of the account that asks. */
@ApiTags('contacts')
@ApiBearerAuth()
@Controller('v1/contacts')
export class ContactsController {
  constructor(
    private readonly service: ContactsService,
    private readonly merging: ContactMergeService,
    private readonly contacts: ContactReader,
    private readonly contactList: ContactList,
  ) {}

  @Post()
  create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: CreateContactDto,
  ): Promise<ContactView> {
    return this.service.create(request, accountCaller(request), body, reply);
  }

  /** Newest first; of a search the best first. */
  @Get()
  list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: ListContactsQuery,
  ): Promise<Listed<ContactView>> {
    return this.contactList.page(accountCaller(request).accountId, query, reply);
  }

  @Get('phone/:phoneNumber')
  retrieveByPhone(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('phoneNumber') phoneNumber: string,
  ): Promise<ContactView> {
    return this.contactList.withPhone(accountCaller(request).accountId, phoneNumber, reply);
  }

  @Get(':id')
  async retrieve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') contactId: string,
  ): Promise<ContactView> {
    const { accountId } = accountCaller(request);
    return contactView(await this.contacts.contact(accountId, contactId, reply));
  }

  @Patch(':id')
  update(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') contactId: string,
    @Body() body: UpdateContactDto,
  ): Promise<ContactView> {
    return this.service.update(request, accountCaller(request), { ...body, contactId }, reply);
  }

  /** Erases the contact: what was sealed for it can't be read any more, by anybody. */
  @Delete(':id')
  @HttpCode(204)
  delete(@Req() request: FastifyRequest, @Param('id') contactId: string): Promise<void> {
    return this.service.delete(request, accountCaller(request), contactId);
  }

  /** Moves the channels of another contact to this one; the other is gone for good. */
  @Post(':id/merge')
  @HttpCode(200)
  merge(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') contactId: string,
    @Body() { sourceContactId }: MergeContactsDto,
  ): Promise<ContactView> {
    const merge = { contactId, sourceContactId };
    return this.merging.merge(request, accountCaller(request), merge, reply);
  }
}
