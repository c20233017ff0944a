import { addMicros, assert, remember, revisionInId, type EventMetadata } from '../kernel';
import type {
  AccountCharged,
  ApiKeyIssued,
  ChargeRefunded,
  SubAccountCreated,
  TeamEvent,
  TeamOpened,
} from './events';
import type { Account, TeamState } from './state';

/** Applies one event to the state it follows, changing that state. */
export function evolve(state: TeamState, event: TeamEvent, metadata: EventMetadata): void {
  state.revision += 1;
  apply(state, event);
  remember(state, metadata);
}

function apply(state: TeamState, event: TeamEvent): void {
  switch (event.type) {
    case 'AccountCharged':
      return applyCharge(state, event);
    case 'ChargeRefunded':
      return applyRefund(state, event);
    case 'BalanceToppedUp':
    case 'BalanceAdjusted':
      state.balance = event.data.balanceAfter;
      return;
    case 'CreditLimitSet':
      accountOf(state, event.data.accountId).creditLimit = event.data.creditLimit;
      return;
    case 'ApiKeyIssued':
      return applyKey(state, event);
    case 'ApiKeyRevoked':
      revokeKey(state, event.data.keyId);
      return;
    default:
      return applyLifecycle(state, event);
  }
}

type LifecycleEvent = Extract<TeamEvent, { type: 'TeamOpened' | `SubAccount${string}` }>;

function applyLifecycle(state: TeamState, event: LifecycleEvent): void {
  switch (event.type) {
    case 'TeamOpened':
      return applyTeam(state, event);
    case 'SubAccountCreated':
      return applySubAccount(state, event);
    case 'SubAccountUpdated':
      if (event.data.externalId !== undefined) {
        setExternalId(state, event.data.accountId, event.data.externalId);
      }
      return;
    case 'SubAccountSuspended':
      accountOf(state, event.data.accountId).status = 'suspended';
      return;
    case 'SubAccountReactivated':
      accountOf(state, event.data.accountId).status = 'active';
      return;
    case 'SubAccountDeactivated':
      accountOf(state, event.data.accountId).status = 'deactivated';
      return;
  }
}

function applyTeam(state: TeamState, { data }: TeamOpened): void {
  state.teamId = data.teamId;
  state.accounts.set(data.mainAccountId, newAccount(true, null));
}

function applySubAccount(state: TeamState, { data }: SubAccountCreated): void {
  state.accounts.set(data.accountId, newAccount(false, data.creditLimit));
  if (data.externalId !== undefined) setExternalId(state, data.accountId, data.externalId);
}

function applyKey(state: TeamState, { data }: ApiKeyIssued): void {
  state.keys.set(data.keyId, { accountId: data.accountId, isRevoked: false });
  accountOf(state, data.accountId).keyCount += 1;
}

function applyCharge(state: TeamState, { data }: AccountCharged): void {
  const account = accountOf(state, data.accountId);
  state.balance = addMicros(state.balance, -data.amount);
  account.spent = addMicros(account.spent, data.amount);
  assert(state.balance === data.balanceAfter, 'balance after a charge');
  assert(account.spent === data.totalSpentAfter, 'total spent after a charge');
}

function applyRefund(state: TeamState, { data }: ChargeRefunded): void {
  const account = accountOf(state, data.accountId);
  state.balance = addMicros(state.balance, data.amount);
  account.spent = addMicros(account.spent, -data.amount);
  assert(state.balance === data.balanceAfter, 'balance after a refund');
  assert(account.spent === data.totalSpentAfter, 'total spent after a refund');
  const revision = revisionInId('chg', state.teamId, data.chargeId);
  assert(revision !== undefined, 'charge id of a refund');
  state.refunded.set(revision, data.refundedAfter);
}

function revokeKey(state: TeamState, keyId: string): void {
  const key = state.keys.get(keyId);
  assert(key !== undefined, 'the key of a revocation');
  key.isRevoked = true;
}

function setExternalId(state: TeamState, accountId: string, externalId: string): void {
  const account = accountOf(state, accountId);
  if (account.externalId !== undefined) state.accountIdByExternalId.delete(account.externalId);
  account.externalId = externalId;
  state.accountIdByExternalId.set(externalId, accountId);
}

function newAccount(isMain: boolean, creditLimit: number | null): Account {
  return { creditLimit, spent: 0, held: 0, status: 'active', isMain, keyCount: 0 };
}

function accountOf(state: TeamState, accountId: string): Account {
  const account = state.accounts.get(accountId);
  assert(account !== undefined, 'the account of an event');
  return account;
}
