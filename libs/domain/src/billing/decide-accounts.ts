import {
  accept,
  idAtRevision,
  isMicros,
  presentFields,
  recall,
  refuse,
  refuseReused,
  type Micros,
} from '../kernel';
import type { CreateSubAccount, NewApiKey, OpenTeam, UpdateSubAccount } from './commands';
import type { TeamDecision } from './decide';
import type { ApiKeyIssued, BalanceToppedUp, SubAccountUpdated, TeamEvent } from './events';
import type { Account, TeamState } from './state';

/** A team may have this many sub-accounts, deactivated ones included. */
export const SUB_ACCOUNTS_MAX = 100_000;

export function decideOpen(command: OpenTeam): TeamDecision {
  const { name, mainAccountId, openingBalance = 0, apiKey } = command.data;
  if (!isMicros(openingBalance) || openingBalance < 0) {
    return refuse({ code: 'invalid_amount', rule: 'an opening balance of at least 0 micros' });
  }
  const { teamId } = command;
  return accept<TeamEvent>(
    { type: 'TeamOpened', data: { teamId, name, currency: 'usd', mainAccountId } },
    ...openingTopUp(teamId, openingBalance),
    issued(mainAccountId, apiKey),
  );
}

export function decideCreate(command: CreateSubAccount, state: TeamState): TeamDecision {
  const { accountId, name, externalId, metadata, apiKey } = command.data;
  const creditLimit = limitOf(command.data.creditLimit);
  if (creditLimit !== null && !isLimit(creditLimit)) return refuse(invalidLimit);
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (state.accounts.has(accountId) || state.keys.has(apiKey.keyId)) {
    return refuseReused(command.id);
  }
  if (isTaken(externalId, accountId, state)) {
    return refuse({ code: 'external_id_taken', externalId: externalId! });
  }
  if (state.accounts.size > SUB_ACCOUNTS_MAX) {
    return refuse({ code: 'too_many', what: 'sub-accounts', max: SUB_ACCOUNTS_MAX });
  }
  return accept<TeamEvent>(
    {
      type: 'SubAccountCreated',
      data: { accountId, name, creditLimit, ...presentFields({ externalId, metadata }) },
    },
    issued(accountId, apiKey),
  );
}

export function decideUpdate(command: UpdateSubAccount, state: TeamState): TeamDecision {
  const { accountId, externalId, creditLimit } = command.data;
  const account = subAccountOf(accountId, state);
  if (account === undefined) return refuse({ code: 'account_not_found', accountId });
  if (creditLimit !== undefined && limitOf(creditLimit) !== null && !isLimit(creditLimit!)) {
    return refuse(invalidLimit);
  }
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (isTaken(externalId, accountId, state)) {
    return refuse({ code: 'external_id_taken', externalId: externalId! });
  }
  return accept<TeamEvent>(...changes(command, account));
}

/** A sub-account of the team; the main account can't be updated or deactivated. */
export function subAccountOf(accountId: string, state: TeamState): Account | undefined {
  const account = state.accounts.get(accountId);
  return account === undefined || account.isMain ? undefined : account;
}

export function issued(accountId: string, apiKey: NewApiKey): ApiKeyIssued {
  return { type: 'ApiKeyIssued', data: { accountId, ...apiKey } };
}

/** One event a kind of change; nothing changed, no event. */
function changes({ data }: UpdateSubAccount, account: Account): TeamEvent[] {
  const { accountId, name, externalId, metadata, status } = data;
  const events: TeamEvent[] = [];
  const updated: SubAccountUpdated['data'] = {
    accountId,
    ...presentFields({ name, metadata, externalId }),
  };
  if (Object.keys(updated).length > 1) events.push({ type: 'SubAccountUpdated', data: updated });
  const creditLimit = limitOf(data.creditLimit);
  if (data.creditLimit !== undefined && creditLimit !== account.creditLimit) {
    events.push({ type: 'CreditLimitSet', data: { accountId, creditLimit } });
  }
  if (status === 'inactive' && account.status === 'active') {
    events.push({ type: 'SubAccountSuspended', data: { accountId } });
  }
  if (status === 'active' && account.status !== 'active') {
    events.push({ type: 'SubAccountReactivated', data: { accountId } });
  }
  return events;
}

/** The team's second event, so its id stands for revision 1. */
function openingTopUp(teamId: string, amount: Micros): BalanceToppedUp[] {
  if (amount === 0) return [];
  const data = { topUpId: idAtRevision('top', teamId, 1), amount, balanceAfter: amount };
  return [{ type: 'BalanceToppedUp', data }];
}

function isTaken(externalId: string | undefined, accountId: string, state: TeamState): boolean {
  if (externalId === undefined) return false;
  const owner = state.accountIdByExternalId.get(externalId);
  return owner !== undefined && owner !== accountId;
}

function limitOf(creditLimit: Micros | null | undefined): Micros | null {
  return creditLimit === undefined || creditLimit === 0 ? null : creditLimit;
}

const isLimit = (creditLimit: Micros): boolean => isMicros(creditLimit) && creditLimit > 0;

const invalidLimit = { code: 'invalid_amount', rule: 'a credit limit of at least 0' } as const;
