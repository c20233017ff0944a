import { ApiError, teamStream } from '@tollgate/contracts';
import { isMainAccountId } from '@tollgate/domain';
import { accountKey, teamKey, type AccountRow, type TeamRow } from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import type { FreshReads } from './fresh-reads';

/** Reads accounts and teams; what belongs to another team does not exist. */
export class AccountReader {
  constructor(private readonly reads: FreshReads) {}

  /** @throws ApiError not_found */
  async subAccount(teamId: string, accountId: string, reply?: FastifyReply): Promise<AccountRow> {
    const account = await this.find(teamId, accountId, reply);
    if (account === undefined || isMainAccountId(accountId)) {
      throw new ApiError('not_found', 'Sub-account not found.');
    }
    return account;
  }

  /** @throws ApiError not_found */
  async account(teamId: string, accountId: string, reply?: FastifyReply): Promise<AccountRow> {
    const account = await this.find(teamId, accountId, reply);
    if (account === undefined) throw new ApiError('not_found', 'Account not found.');
    return account;
  }

  /** @throws ApiError not_found */
  async team(teamId: string, reply?: FastifyReply): Promise<TeamRow> {
    await this.reads.wait(teamStream(teamId), reply);
    const team = await this.reads.readModels.get(teamKey(teamId));
    if (team === undefined) throw new ApiError('not_found', 'Team not found.');
    return team as TeamRow;
  }

  private async find(
    teamId: string,
    accountId: string,
    reply?: FastifyReply,
  ): Promise<AccountRow | undefined> {
    await this.reads.wait(teamStream(teamId), reply);
    const row = await this.reads.readModels.get(accountKey(teamId, accountId));
    return row?.['teamId'] === teamId ? (row as AccountRow) : undefined;
  }
}
