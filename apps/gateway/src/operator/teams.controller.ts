import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { teamsIndex, type TeamRow } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperatorOnly } from '../http/guards';
import { PageQuery, listPage, type Listed } from '../http/pagination';
import { AccountReader } from '../reads/account-reader';
import { FreshReads } from '../reads/fresh-reads';
import type { IssuedKeyView } from '../v1/api-keys.view';
import { AdjustBalanceDto, OpenTeamDto, TopUpDto } from './team.dto';
import { teamView, type TeamView } from './team.view';
import { TeamsService, type BalanceChangeView } from './teams.service';

const keyHeader = { name: 'Idempotency-Key', required: true, description: '1 to 255 characters' };

/** Teams and their money, for the operator's key only. */
@ApiTags('operator')
@ApiBearerAuth()
@UseGuards(OperatorOnly)
@Controller('operator/v1/teams')
export class TeamsController {
  constructor(
    private readonly service: TeamsService,
    private readonly accounts: AccountReader,
    private readonly reads: FreshReads,
  ) {}

  @Post()
  @ApiHeader({ ...keyHeader, required: false })
  open(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: OpenTeamDto,
  ): Promise<{ team: TeamView; apiKey: IssuedKeyView }> {
    return this.service.open(request, body, reply);
  }

  @Get()
  async list(@Query() query: PageQuery): Promise<Listed<TeamView>> {
    await this.reads.waitForTeams();
    return listPage(this.reads.readModels, {
      index: teamsIndex,
      query,
      view: (row) => teamView(row as TeamRow),
    });
  }

  @Get(':id')
  async retrieve(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ team: TeamView }> {
    return { team: teamView(await this.accounts.team(id, reply)) };
  }

  @Post(':id/top-ups')
  @ApiHeader(keyHeader)
  async topUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: TopUpDto,
  ): Promise<{ topUp: BalanceChangeView }> {
    return { topUp: await this.service.topUp(request, id, body, reply) };
  }

  @Post(':id/adjustments')
  @ApiHeader(keyHeader)
  async adjust(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: AdjustBalanceDto,
  ): Promise<{ adjustment: BalanceChangeView & { readonly reason: string } }> {
    return { adjustment: await this.service.adjust(request, id, body, reply) };
  }
}
