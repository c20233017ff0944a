import type { SubAccountCreated, TeamEvent, TeamOpened } from '@tollgate/domain';
import type { Projectable } from './project';
import {
  accountKey,
  subAccountsIndex,
  teamKey,
  teamsIndex,
  type AccountRow,
  type TeamRow,
} from './read-models';
import type { WriteSet } from './write-set';

type AccountEvent = Extract<
  TeamEvent,
  { type: 'TeamOpened' | 'CreditLimitSet' | `SubAccount${string}` }
>;

export function projectAccounts(projectable: Projectable<AccountEvent>, into: WriteSet): void {
  const { event, ownerId: teamId } = projectable;
  switch (event.type) {
    case 'TeamOpened':
      return projectTeam({ ...projectable, event }, into);
    case 'SubAccountCreated':
      return projectSubAccount({ ...projectable, event }, into);
    case 'SubAccountUpdated': {
      const { accountId, ...changed } = event.data;
      return into.merge(accountKey(teamId, accountId), changed);
    }
    case 'CreditLimitSet': {
      const { accountId, creditLimit } = event.data;
      return into.merge(accountKey(teamId, accountId), { creditLimit });
    }
    case 'SubAccountSuspended':
      return into.merge(accountKey(teamId, event.data.accountId), { status: 'suspended' });
    case 'SubAccountReactivated':
      return into.merge(accountKey(teamId, event.data.accountId), { status: 'active' });
    case 'SubAccountDeactivated':
      return into.merge(accountKey(teamId, event.data.accountId), { status: 'deactivated' });
  }
}

function projectTeam({ event, metadata, sortKey }: Projectable<TeamOpened>, into: WriteSet): void {
  const { teamId, name, currency, mainAccountId } = event.data;
  const createdAt = metadata.at;
  const team: TeamRow = {
    id: teamId,
    name,
    currency,
    mainAccountId,
    balance: 0,
    held: 0,
    createdAt,
  };
  into.put(teamKey(teamId), team);
  into.list(teamsIndex, sortKey, teamKey(teamId));
  into.put(accountKey(teamId, mainAccountId), newAccount(mainAccountId, teamId, name, createdAt));
}

function projectSubAccount(
  { event, metadata, ownerId: teamId, sortKey }: Projectable<SubAccountCreated>,
  into: WriteSet,
): void {
  const { accountId, name, creditLimit, externalId = null, metadata: own = null } = event.data;
  into.put(accountKey(teamId, accountId), {
    ...newAccount(accountId, teamId, name, metadata.at),
    creditLimit,
    externalId,
    metadata: own,
  });
  into.list(subAccountsIndex(teamId), sortKey, accountKey(teamId, accountId));
}

function newAccount(id: string, teamId: string, name: string, createdAt: number): AccountRow {
  return {
    id,
    teamId,
    name,
    status: 'active',
    creditLimit: null,
    totalSpent: 0,
    held: 0,
    externalId: null,
    metadata: null,
    createdAt,
  };
}
