import {
  idAtRevision,
  type ChargeItem,
  type EventMetadata,
  type Micros,
  type SubAccountCreated,
  type TeamEvent,
} from '@tollgate/domain';
import type { GivenEvent } from '../given-when-then';
import { commandIdAt, firstKeyOf, mainAccountId, specTime, subAccountId, teamId } from './ids';
import { newApiKey } from './team-commands';

export type PastEvent = GivenEvent<TeamEvent, EventMetadata> & { readonly metadata: EventMetadata };

/**
 * A team's past, told in short: keeps the ids and after-values, so that a specification names only
 * what it is about. It asks no decider, and so may also tell of a past that none would allow.
 */
export class TeamHistory implements Iterable<PastEvent> {
  private readonly past: PastEvent[] = [];
  private readonly spent = new Map<string, Micros>();
  private readonly refunds = new Map<number, Micros>();
  private balance: Micros = 0;
  private commands = 0;
  private next: Partial<EventMetadata> = {};

  [Symbol.iterator](): Iterator<PastEvent> {
    return this.past[Symbol.iterator]();
  }

  get events(): readonly TeamEvent[] {
    return this.past.map(({ event }) => event);
  }

  /** Revision of the last event. */
  get revision(): number {
    return this.past.length - 1;
  }

  /** Metadata of what is told next. */
  by(metadata: Partial<EventMetadata>): this {
    this.next = metadata;
    return this;
  }

  opened(): this {
    const opened = { teamId, name: 'Acme', currency: 'usd', mainAccountId } as const;
    return this.tell({ type: 'TeamOpened', data: opened }, firstKey(mainAccountId));
  }

  toppedUp(amount: Micros): this {
    this.balance += amount;
    const topUpId = idAtRevision('top', teamId, this.past.length);
    const data = { topUpId, amount, balanceAfter: this.balance };
    return this.tell({ type: 'BalanceToppedUp', data });
  }

  adjusted(amount: Micros): this {
    this.balance += amount;
    const adjustmentId = idAtRevision('adj', teamId, this.past.length);
    const balance = { balanceAfter: this.balance, forced: this.balance < 0 };
    const data = { adjustmentId, amount, reason: 'correction', ...balance };
    return this.tell({ type: 'BalanceAdjusted', data });
  }

  created(accountId: string, more: Partial<SubAccountCreated['data']> = {}): this {
    const data = { accountId, name: 'Client A', creditLimit: null, ...more };
    return this.tell({ type: 'SubAccountCreated', data }, firstKey(accountId));
  }

  limited(creditLimit: Micros | null, accountId = subAccountId): this {
    return this.tell({ type: 'CreditLimitSet', data: { accountId, creditLimit } });
  }

  suspended(accountId = subAccountId): this {
    return this.tell({ type: 'SubAccountSuspended', data: { accountId } });
  }

  reactivated(accountId = subAccountId): this {
    return this.tell({ type: 'SubAccountReactivated', data: { accountId } });
  }

  /** With its first key, unless that was revoked before. */
  deactivated(accountId = subAccountId, keysRevoked: 0 | 1 = 1): this {
    const deactivated = {
      type: 'SubAccountDeactivated',
      data: { accountId, keysRevoked },
    } as const;
    return this.tell(...(keysRevoked === 1 ? [keyRevoked(accountId)] : []), deactivated);
  }

  revoked(accountId = subAccountId): this {
    return this.tell(keyRevoked(accountId));
  }

  charged(amount: Micros, accountId = subAccountId, item: ChargeItem = { type: 'custom' }): this {
    const chargeId = chargeIdAt(this.past.length);
    const data = { chargeId, accountId, amount, ...this.take(amount, accountId), item };
    return this.tell({ type: 'AccountCharged', data });
  }

  /** Gives back `amount` of the charge at `revision`. */
  refunded(amount: Micros, revision: number, accountId = subAccountId): this {
    const refundedAfter = (this.refunds.get(revision) ?? 0) + amount;
    this.refunds.set(revision, refundedAfter);
    const refundId = idAtRevision('ref', teamId, this.past.length);
    const ids = { refundId, chargeId: chargeIdAt(revision), accountId };
    const data = { ...ids, amount, refundedAfter, ...this.take(-amount, accountId) };
    return this.tell({ type: 'ChargeRefunded', data });
  }

  tell(...events: readonly TeamEvent[]): this {
    const metadata = { commandId: commandIdAt(this.commands), at: specTime, ...this.next };
    this.past.push(...events.map((event) => ({ event, metadata })));
    this.commands += 1;
    this.next = {};
    return this;
  }

  private take(
    amount: Micros,
    accountId: string,
  ): { readonly balanceAfter: Micros; readonly totalSpentAfter: Micros } {
    this.balance -= amount;
    const totalSpentAfter = (this.spent.get(accountId) ?? 0) + amount;
    this.spent.set(accountId, totalSpentAfter);
    return { balanceAfter: this.balance, totalSpentAfter };
  }
}

/** An open team with its main account and that account's key: revisions 0 and 1. */
export const aTeam = (): TeamHistory => new TeamHistory().opened();

/** An open team with a sub-account and its key (revisions 2 and 3) and a balance (revision 4). */
export function aTeamWith(
  balance: Micros,
  account: Partial<SubAccountCreated['data']> = {},
): TeamHistory {
  const team = aTeam().created(subAccountId, account);
  return balance === 0 ? team : team.toppedUp(balance);
}

export const chargeIdAt = (revision: number): string => idAtRevision('chg', teamId, revision);
export const refundIdAt = (revision: number): string => idAtRevision('ref', teamId, revision);

function firstKey(accountId: string): TeamEvent {
  return { type: 'ApiKeyIssued', data: { accountId, ...newApiKey(firstKeyOf(accountId)) } };
}

function keyRevoked(accountId: string): TeamEvent {
  return { type: 'ApiKeyRevoked', data: { keyId: firstKeyOf(accountId), accountId } };
}
