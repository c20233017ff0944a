import type { TeamEvent } from '@tollgate/domain';
import { storedEvents, type StoredEvent } from './stored-log';

export interface AccountBook {
  limit: number | null;
  spent: number;
  charges: number;
}

export interface TeamBook {
  balance: number;
  readonly accounts: Map<string, AccountBook>;
  readonly activeKeys: Set<string>;
}

/**
 * The books kept a second time, from the log alone and with none of the system's own code, with
 * everything that must hold after each single event.
 */
export class Books {
  readonly teams = new Map<string, TeamBook>();
  readonly violations: string[] = [];

  static async of(dataDir: string): Promise<Books> {
    const books = new Books();
    for await (const stored of storedEvents(dataDir)) books.follow(stored);
    return books;
  }

  account(accountId: string): AccountBook {
    for (const { accounts } of this.teams.values()) {
      const found = accounts.get(accountId);
      if (found !== undefined) return found;
    }
    throw new Error(`the log has no account ${accountId}`);
  }

  team(teamId: string): TeamBook {
    const found = this.teams.get(teamId);
    if (found === undefined) throw new Error(`the log has no team ${teamId}`);
    return found;
  }

  follow({ stream, revision, event, metadata }: StoredEvent): void {
    if (!stream.startsWith('team-')) return;
    const team = this.bookOf(stream.slice('team-'.length));
    const tell = (problem: string): void => {
      this.violations.push(`${stream}, revision ${revision}: ${problem}`);
    };
    if (metadata.keyId !== undefined && !team.activeKeys.has(metadata.keyId)) {
      tell(`accepted from the key ${metadata.keyId}, which is not active`);
    }
    enter(event as TeamEvent, team, tell);
    if (team.balance < 0) tell(`the balance is ${team.balance}`);
  }

  private bookOf(teamId: string): TeamBook {
    const known = this.teams.get(teamId);
    if (known !== undefined) return known;
    const team = { balance: 0, accounts: new Map(), activeKeys: new Set<string>() };
    this.teams.set(teamId, team);
    return team;
  }
}

function enter(event: TeamEvent, team: TeamBook, tell: (problem: string) => void): void {
  const { accounts, activeKeys } = team;
  switch (event.type) {
    case 'TeamOpened':
      accounts.set(event.data.mainAccountId, { limit: null, spent: 0, charges: 0 });
      return;
    case 'SubAccountCreated':
      accounts.set(event.data.accountId, { limit: event.data.creditLimit, spent: 0, charges: 0 });
      return;
    case 'CreditLimitSet':
      accounts.get(event.data.accountId)!.limit = event.data.creditLimit;
      return;
    case 'ApiKeyIssued':
      activeKeys.add(event.data.keyId);
      return;
    case 'ApiKeyRevoked':
      activeKeys.delete(event.data.keyId);
      return;
    default:
      enterMoney(event, team, tell);
  }
}

function enterMoney(event: TeamEvent, team: TeamBook, tell: (problem: string) => void): void {
  switch (event.type) {
    case 'BalanceToppedUp':
    case 'BalanceAdjusted':
      team.balance += event.data.amount;
      break;
    case 'AccountCharged':
      charge(event.data, team, tell);
      break;
    case 'ChargeRefunded':
      team.balance += event.data.amount;
      team.accounts.get(event.data.accountId)!.spent -= event.data.amount;
      break;
    default:
      return;
  }
  const { balanceAfter } = event.data;
  if (balanceAfter !== team.balance) tell(`balance ${team.balance}, written as ${balanceAfter}`);
}

function charge(
  {
    accountId,
    amount,
    totalSpentAfter,
  }: { accountId: string; amount: number } & {
    totalSpentAfter: number;
  },
  team: TeamBook,
  tell: (problem: string) => void,
): void {
  const account = team.accounts.get(accountId)!;
  team.balance -= amount;
  account.spent += amount;
  account.charges += 1;
  const { spent, limit } = account;
  if (limit !== null && spent > limit) tell(`${accountId} spent ${spent} of ${limit}`);
  if (totalSpentAfter !== spent) tell(`${accountId} spent ${spent}, not ${totalSpentAfter}`);
}
