import { isMicros, type Micros, type TeamEvent } from '@tollgate/domain';

export interface LedgerAccount {
  readonly isMain: boolean;
  status: 'active' | 'suspended' | 'deactivated';
  /** Null: no cap. */
  creditLimit: Micros | null;
  spent: Micros;
  charges: number;
  keysActive: number;
}

export interface LedgerKey {
  readonly accountId: string;
  /** Unix ms; null while the key is active. */
  revokedAt: number | null;
}

type Of<Type extends TeamEvent['type']> = Extract<TeamEvent, { type: Type }>['data'];

/**
 * The numbers of a team, added up from the amounts alone. Shares no code with the fold that the
 * writer decides on, and reads none of the after-values, so that the two can be compared.
 */
export class TeamLedger {
  balance: Micros = 0;
  toppedUp: Micros = 0;
  adjusted: Micros = 0;
  charged: Micros = 0;
  refunded: Micros = 0;
  charges = 0;
  refunds = 0;
  name = '';
  readonly accounts = new Map<string, LedgerAccount>();
  readonly keys = new Map<string, LedgerKey>();

  /** False when the event names an account or a key that is not there, or is there already. */
  apply(event: TeamEvent, at: number): boolean {
    switch (event.type) {
      case 'AccountCharged':
        return this.charge(event.data);
      case 'ChargeRefunded':
        return this.refund(event.data);
      case 'BalanceToppedUp':
        this.toppedUp += amountOf(event.data);
        this.balance += amountOf(event.data);
        return true;
      case 'BalanceAdjusted':
        this.adjusted += amountOf(event.data);
        this.balance += amountOf(event.data);
        return true;
      case 'ApiKeyIssued':
        return this.issue(event.data);
      case 'ApiKeyRevoked':
        return this.revoke(event.data, at);
      case 'TeamOpened':
        this.name = event.data.name;
        return this.open(event.data.mainAccountId, true, null);
      case 'SubAccountCreated':
        return this.open(event.data.accountId, false, event.data.creditLimit);
      case 'SubAccountUpdated':
        return this.change(event.data, {});
      case 'CreditLimitSet':
        return this.change(event.data, { creditLimit: event.data.creditLimit });
      case 'SubAccountSuspended':
        return this.change(event.data, { status: 'suspended' });
      case 'SubAccountReactivated':
        return this.change(event.data, { status: 'active' });
      case 'SubAccountDeactivated':
        return this.change(event.data, { status: 'deactivated' });
    }
  }

  private open(accountId: string, isMain: boolean, creditLimit: Micros | null): boolean {
    if (this.accounts.has(accountId)) return false;
    const nothingYet = { spent: 0, charges: 0, keysActive: 0 };
    this.accounts.set(accountId, { isMain, status: 'active', creditLimit, ...nothingYet });
    return true;
  }

  private change(
    { accountId }: { readonly accountId: string },
    fields: Partial<Pick<LedgerAccount, 'status' | 'creditLimit'>>,
  ): boolean {
    const account = this.accounts.get(accountId);
    if (account === undefined || account.isMain) return false;
    Object.assign(account, fields);
    return true;
  }

  private issue({ keyId, accountId }: Of<'ApiKeyIssued'>): boolean {
    const account = this.accounts.get(accountId);
    if (this.keys.has(keyId) || account === undefined) return false;
    account.keysActive += 1;
    this.keys.set(keyId, { accountId, revokedAt: null });
    return true;
  }

  private revoke({ keyId, accountId }: Of<'ApiKeyRevoked'>, at: number): boolean {
    const key = this.keys.get(keyId);
    const account = this.accounts.get(accountId);
    if (key?.accountId !== accountId || key.revokedAt !== null || account === undefined) {
      return false;
    }
    account.keysActive -= 1;
    key.revokedAt = at;
    return true;
  }

  private charge(data: Of<'AccountCharged'>): boolean {
    const amount = amountOf(data);
    this.balance -= amount;
    this.charged += amount;
    this.charges += 1;
    const account = this.accounts.get(data.accountId);
    if (account === undefined) return false;
    account.spent += amount;
    account.charges += 1;
    return true;
  }

  private refund(data: Of<'ChargeRefunded'>): boolean {
    const amount = amountOf(data);
    this.balance += amount;
    this.refunded += amount;
    this.refunds += 1;
    const account = this.accounts.get(data.accountId);
    if (account === undefined) return false;
    account.spent -= amount;
    return true;
  }
}

/** What is no amount counts as nothing: one broken record must not spoil every number after it. */
function amountOf({ amount }: { readonly amount: Micros }): Micros {
  return isMicros(amount) ? amount : 0;
}
