import { isMicros, type TeamEvent } from '@tollgate/domain';
import type { Tell } from './finding';
import type { TeamLedger } from './team-ledger';

type Of<Type extends TeamEvent['type']> = Extract<TeamEvent, { type: Type }>['data'];

/** What must hold at the moment when an event is accepted; the ledger is as before it. */
export function checkRules(
  event: TeamEvent,
  revision: number,
  ledger: TeamLedger,
  tell: Tell,
): void {
  switch (event.type) {
    case 'AccountCharged':
      return checkCharge(event.data, revision, ledger, tell);
    case 'ChargeRefunded':
    case 'BalanceToppedUp':
      return checkAmount(event.data.amount, 1, revision, tell);
    case 'BalanceAdjusted':
      return checkAdjustment(event.data, revision, ledger, tell);
    case 'SubAccountCreated':
    case 'CreditLimitSet':
      return checkLimit(event.data, revision, tell);
    case 'TeamOpened':
    case 'SubAccountUpdated':
    case 'SubAccountSuspended':
    case 'SubAccountReactivated':
    case 'SubAccountDeactivated':
    case 'ApiKeyIssued':
    case 'ApiKeyRevoked':
      return;
  }
}

function checkCharge(
  { accountId, amount, item }: Of<'AccountCharged'>,
  revision: number,
  ledger: TeamLedger,
  tell: Tell,
): void {
  checkAmount(amount, item.type === 'custom' ? 1 : 0, revision, tell);
  if (amount > ledger.balance) {
    tell('balance_exceeded', revision, `charged ${amount} from a balance of ${ledger.balance}`);
  }
  const account = ledger.accounts.get(accountId);
  if (account === undefined) return;
  const { status, creditLimit, spent } = account;
  if (status !== 'active') {
    tell('account_inactive', revision, `charged account ${accountId}, which is ${status}`);
  }
  if (creditLimit !== null && spent + amount > creditLimit) {
    const after = `${spent + amount} spent of a limit of ${creditLimit}`;
    tell('limit_exceeded', revision, `charged account ${accountId} to ${after}`);
  }
}

function checkAdjustment(
  { amount, forced }: Of<'BalanceAdjusted'>,
  revision: number,
  { balance }: TeamLedger,
  tell: Tell,
): void {
  if (!isMicros(amount) || amount === 0) {
    tell('amount_invalid', revision, `adjusted by ${amount} micros`);
  }
  if (amount < 0 && balance + amount < 0 && !forced) {
    tell('balance_exceeded', revision, `adjusted a balance of ${balance} by ${amount}, unforced`);
  }
}

function checkLimit(
  { accountId, creditLimit }: Of<'CreditLimitSet' | 'SubAccountCreated'>,
  revision: number,
  tell: Tell,
): void {
  if (creditLimit === null || (isMicros(creditLimit) && creditLimit > 0)) return;
  tell('amount_invalid', revision, `account ${accountId} got a limit of ${creditLimit} micros`);
}

function checkAmount(amount: number, min: number, revision: number, tell: Tell): void {
  if (isMicros(amount) && amount >= min) return;
  tell('amount_invalid', revision, `an amount of ${amount} micros`);
}
