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
import { CommandFactory, idempotencyKeyOf } from '../commands/command-factory';
import { OperatorOnly } from '../http/guards';
import { AccountReader } from '../reads/account-reader';
import { IssueApiKeyDto } from '../v1/api-key.dto';
import type { IssuedKeyView, ListedKeyView } from '../v1/api-keys.view';
import { ApiKeysService } from '../v1/sub-accounts/api-keys.service';

/** The API keys of a team's main account: only the operator makes and revokes them. */
@ApiTags('operator')
@ApiBearerAuth()
@UseGuards(OperatorOnly)
@Controller('operator/v1/teams/:id/api-keys')
export class TeamKeysController {
  constructor(
    private readonly service: ApiKeysService,
    private readonly factory: CommandFactory,
    private readonly accounts: AccountReader,
  ) {}

  @Post()
  async create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') teamId: string,
    @Body() body: IssueApiKeyDto,
  ): Promise<{ apiKey: IssuedKeyView }> {
    const accountId = await this.mainAccount(teamId);
    const owner = { accountId, isMain: true };
    return { apiKey: await this.service.issue(this.metadata(request, teamId), owner, body, reply) };
  }

  @Get()
  async list(@Param('id') teamId: string): Promise<{ items: ListedKeyView[] }> {
    return { items: await this.service.list(teamId, await this.mainAccount(teamId)) };
  }

  @Delete(':keyId')
  @HttpCode(204)
  async revoke(
    @Req() request: FastifyRequest,
    @Param('id') teamId: string,
    @Param('keyId') keyId: string,
  ): Promise<void> {
    const accountId = await this.mainAccount(teamId);
    await this.service.revoke(this.metadata(request, teamId), accountId, keyId);
  }

  private async mainAccount(teamId: string): Promise<string> {
    return (await this.accounts.team(teamId)).mainAccountId;
  }

  private metadata(request: FastifyRequest, teamId: string): CommandMetadata {
    const idempotencyKey = idempotencyKeyOf(request);
    return this.factory.metadata({
      request,
      teamId,
      scope: `operator ${teamId}`,
      idempotencyKey,
    });
  }
}
