import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandMetadata } from '@tollgate/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { mainCaller } from '../../http/caller';
import { MainAccountOnly } from '../../http/guards';
import { AccountReader } from '../../reads/account-reader';
import { IssueApiKeyDto } from '../api-key.dto';
import type { IssuedKeyView, ListedKeyView } from '../api-keys.view';
import { ApiKeysService } from './api-keys.service';

/** The API keys of a sub-account. */
@ApiTags('sub-accounts')
@ApiBearerAuth()
@UseGuards(MainAccountOnly)
@Controller('v1/sub-accounts/:id/api-keys')
export class SubAccountKeysController {
  constructor(
    private readonly service: ApiKeysService,
    private readonly factory: CommandFactory,
    private readonly accounts: AccountReader,
  ) {}

  @Post()
  async create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') accountId: string,
    @Body() body: IssueApiKeyDto,
  ): Promise<{ apiKey: IssuedKeyView }> {
    await this.accounts.subAccount(mainCaller(request).teamId, accountId);
    const owner = { accountId, isMain: false };
    return { apiKey: await this.service.issue(this.metadata(request), owner, body, reply) };
  }

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<{ items: ListedKeyView[] }> {
    const { teamId } = mainCaller(request);
    await this.accounts.subAccount(teamId, id);
    return { items: await this.service.list(teamId, id) };
  }

  @Delete(':keyId')
  @HttpCode(204)
  async revoke(
    @Req() request: FastifyRequest,
    @Param('id') accountId: string,
    @Param('keyId') keyId: string,
  ): Promise<void> {
    await this.accounts.subAccount(mainCaller(request).teamId, accountId);
    await this.service.revoke(this.metadata(request), accountId, keyId);
  }

  private metadata(request: FastifyRequest): CommandMetadata {
    return this.factory.ofCaller(request, mainCaller(request));
  }
}
