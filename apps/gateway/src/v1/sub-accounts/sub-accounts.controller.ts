import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { teamStream } from '@tollgate/contracts';
import { subAccountsIndex, type AccountRow } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mainCaller } from '../../http/caller';
import { MainAccountOnly } from '../../http/guards';
import { PageQuery, listPage, type Listed } from '../../http/pagination';
import { AccountReader } from '../../reads/account-reader';
import { FreshReads } from '../../reads/fresh-reads';
import { balanceView, type BalanceView } from '../balance.view';
import { CreateSubAccountDto, UpdateSubAccountDto } from './sub-account.dto';
import { subAccountView, type SubAccountView } from './sub-account.view';
import { SubAccountsService } from './sub-accounts.service';

/** Sub-accounts, for the main account's keys only. */
@ApiTags('sub-accounts')
@ApiBearerAuth()
@UseGuards(MainAccountOnly)
@Controller('v1/sub-accounts')
export class SubAccountsController {
  constructor(
    private readonly service: SubAccountsService,
    private readonly accounts: AccountReader,
    private readonly reads: FreshReads,
  ) {}

  @Post()
  async create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: CreateSubAccountDto,
  ): Promise<{ subAccount: SubAccountView }> {
    return { subAccount: await this.service.create(request, mainCaller(request), body, reply) };
  }

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: PageQuery,
  ): Promise<Listed<SubAccountView>> {
    const { teamId } = mainCaller(request);
    await this.reads.wait(teamStream(teamId), reply);
    const index = subAccountsIndex(teamId);
    const view = (row: object): SubAccountView => subAccountView(row as AccountRow);
    return listPage(this.reads.readModels, { index, query, view });
  }

  @Get(':id')
  async retrieve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<{ subAccount: SubAccountView }> {
    const { teamId } = mainCaller(request);
    return { subAccount: subAccountView(await this.accounts.subAccount(teamId, id, reply)) };
  }

  @Patch(':id')
  async update(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') accountId: string,
    @Body() body: UpdateSubAccountDto,
  ): Promise<{ subAccount: SubAccountView }> {
    const caller = mainCaller(request);
    await this.service.update(request, caller, { ...body, accountId });
    const updated = await this.accounts.subAccount(caller.teamId, accountId, reply);
    return { subAccount: subAccountView(updated) };
  }

  /** Deactivates the sub-account and revokes all its keys; its data stays for the books. */
  @Delete(':id')
  async deactivate(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<{ message: string; keysRevoked: number }> {
    const keysRevoked = await this.service.deactivate(request, mainCaller(request), id);
    return { message: 'Sub-account deactivated', keysRevoked };
  }

  @Get(':id/balance')
  async balance(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<BalanceView> {
    const { teamId } = mainCaller(request);
    const account = await this.accounts.subAccount(teamId, id, reply);
    return balanceView(await this.accounts.team(teamId), account);
  }
}
