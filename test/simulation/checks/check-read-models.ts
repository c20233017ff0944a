import { teamStream } from '@tollgate/contracts';
import { team } from '@tollgate/domain';
import type { ReadModelReader } from '@tollgate/ports';
import { accountKey, apiKeyKey, teamKey } from '@tollgate/projections';
import type { TeamRecord } from './team-record';

/** The read models are the fold of the log, by the domain and by the second set of books. */
export async function checkReadModels(
  teamId: string,
  record: TeamRecord,
  models: ReadModelReader,
): Promise<string[]> {
  const state = team.initialState();
  for (const { event, metadata } of record.stored) team.evolve(state, event, metadata);
  const differences: string[] = [];
  const compare = (what: string, shown: unknown, actual: unknown): void => {
    if (shown !== actual) differences.push(`${what}: shown ${String(shown)}, is ${String(actual)}`);
  };
  compare(`revision of ${teamId}`, await models.revisionOf(teamStream(teamId)), record.head);
  const shownTeam = await models.get(teamKey(teamId));
  compare(`balance of ${teamId}`, shownTeam?.['balance'], state.balance);
  compare(`books of ${teamId}`, BigInt(state.balance), record.books.balance);
  for (const [accountId, account] of state.accounts) {
    const row = await models.get(accountKey(teamId, accountId));
    compare(`spent of ${accountId}`, row?.['totalSpent'], account.spent);
    compare(`limit of ${accountId}`, row?.['creditLimit'], account.creditLimit);
    compare(`status of ${accountId}`, row?.['status'], account.status);
  }
  for (const [keyId, { accountId, isRevoked }] of state.keys) {
    const row = await models.get(apiKeyKey(teamId, keyId));
    compare(`owner of ${keyId}`, row?.['accountId'], accountId);
    compare(`revoked ${keyId}`, typeof row?.['revokedAt'] === 'number', isRevoked);
  }
  return differences;
}
