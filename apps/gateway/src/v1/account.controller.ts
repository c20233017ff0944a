import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountCaller } from '../http/caller';
import { AccountReader } from '../reads/account-reader';
import { balanceView, type BalanceView } from './balance.view';

interface MeView {
  readonly project: { readonly id: string; readonly name: string; readonly isSubAccount: boolean };
  readonly team: { readonly id: string; readonly name: string };
  readonly apiKey: { readonly id: string };
  readonly isTestMode: boolean;
}

/** What a key can learn of its own account. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('v1')
export class AccountController {
  constructor(private readonly accounts: AccountReader) {}

  @Get('balance')
  async balance(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BalanceView> {
    const { teamId, accountId } = accountCaller(request);
    const team = await this.accounts.team(teamId, reply);
    return balanceView(team, await this.accounts.account(teamId, accountId));
  }

  @Get('me')
  async me(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeView> {
    const { teamId, accountId, keyId, isMain, environment } = accountCaller(request);
    const account = await this.accounts.account(teamId, accountId, reply);
    const team = await this.accounts.team(teamId);
    return {
      project: { id: accountId, name: account.name, isSubAccount: !isMain },
      team: { id: teamId, name: team.name },
      apiKey: { id: keyId },
      isTestMode: environment === 'test',
    };
  }
}
