import type {
  AccountCharged,
  BalanceAdjusted,
  ChargeRefunded,
  EventMetadata,
  TeamEvent,
} from '@tollgate/domain';

interface Page {
  spent: bigint;
  limit: bigint | null;
  isActive: boolean;
}

interface Booked {
  readonly accountId: string;
  readonly amount: bigint;
  refunded: bigint;
}

/**
 * A team's books kept a second time: from amounts alone, never from after-values, in big integers
 * and without the domain's code, so that no fault can hide in both.
 */
export class ReferenceLedger {
  private readonly pages = new Map<string, Page>();
  private readonly charges = new Map<string, Booked>();
  private readonly keys = new Map<string, boolean>();
  private added = 0n;
  private forced = false;

  /** Top-ups and adjustments less net charges. */
  get balance(): bigint {
    return [...this.pages.values()].reduce((rest, page) => rest - page.spent, this.added);
  }

  /** Whether an adjustment may ever have taken the balance below zero. */
  get wasForced(): boolean {
    return this.forced;
  }

  pageOf(accountId: string): Readonly<Page> | undefined {
    return this.pages.get(accountId);
  }

  isKeyActive(keyId: string): boolean {
    return this.keys.get(keyId) === true;
  }

  refundableOf(chargeId: string): bigint | undefined {
    const charge = this.charges.get(chargeId);
    return charge === undefined ? undefined : charge.amount - charge.refunded;
  }

  /** Books one event and names the promises that it breaks. */
  record(event: TeamEvent, metadata: EventMetadata): string[] {
    const { keyId } = metadata;
    const faults = [
      ...(keyId === undefined || this.isKeyActive(keyId) ? [] : [`key ${keyId} is not active`]),
      ...this.book(event),
      ...(this.balance < 0n && !this.forced ? [`balance of ${this.balance}`] : []),
    ];
    return faults.map((fault) => `${event.type}: ${fault}`);
  }

  private book(event: TeamEvent): string[] {
    switch (event.type) {
      case 'AccountCharged':
        return this.bookCharge(event);
      case 'ChargeRefunded':
        return this.bookRefund(event);
      case 'BalanceToppedUp':
        return this.bookAddition(event.data);
      case 'BalanceAdjusted':
        return this.bookAdjustment(event);
      default:
        this.bookAccess(event);
        return [];
    }
  }

  private bookCharge({ data }: AccountCharged): string[] {
    const page = this.pages.get(data.accountId);
    if (page === undefined) return [`unknown account ${data.accountId}`];
    const amount = BigInt(data.amount);
    const wasNegative = this.balance < 0n;
    page.spent += amount;
    this.charges.set(data.chargeId, { accountId: data.accountId, amount, refunded: 0n });
    return [
      ...(page.isActive ? [] : ['inactive account']),
      ...(wasNegative || this.balance < 0n ? [`balance of ${this.balance}`] : []),
      ...(page.limit !== null && page.spent > page.limit ? [`${page.spent} of ${page.limit}`] : []),
      ...this.differences(data, page),
    ];
  }

  private bookRefund({ data }: ChargeRefunded): string[] {
    const page = this.pages.get(data.accountId);
    const charge = this.charges.get(data.chargeId);
    if (page === undefined || charge?.accountId !== data.accountId) return ['unknown charge'];
    page.spent -= BigInt(data.amount);
    charge.refunded += BigInt(data.amount);
    return [
      ...(charge.refunded > charge.amount ? [`${charge.refunded} of ${charge.amount}`] : []),
      ...(charge.refunded === BigInt(data.refundedAfter) ? [] : ['refundedAfter']),
      ...this.differences(data, page),
    ];
  }

  private bookAddition(data: { readonly amount: number; readonly balanceAfter: number }): string[] {
    this.added += BigInt(data.amount);
    return this.differences(data);
  }

  private bookAdjustment({ data }: BalanceAdjusted): string[] {
    this.forced ||= data.forced;
    return this.bookAddition(data);
  }

  private differences(
    after: { readonly balanceAfter: number; readonly totalSpentAfter?: number },
    page?: Page,
  ): string[] {
    return [
      ...(BigInt(after.balanceAfter) === this.balance ? [] : [`balanceAfter, not ${this.balance}`]),
      ...(page === undefined || BigInt(after.totalSpentAfter ?? -1) === page.spent
        ? []
        : [`totalSpentAfter, not ${page.spent}`]),
    ];
  }

  private bookAccess({ type, data }: TeamEvent): void {
    if (type === 'TeamOpened') this.pages.set(data.mainAccountId, newPage(null));
    if (type === 'SubAccountCreated') this.pages.set(data.accountId, newPage(data.creditLimit));
    if (type === 'CreditLimitSet') this.pages.get(data.accountId)!.limit = big(data.creditLimit);
    if (type === 'SubAccountReactivated') this.pages.get(data.accountId)!.isActive = true;
    if (type === 'SubAccountSuspended' || type === 'SubAccountDeactivated') {
      this.pages.get(data.accountId)!.isActive = false;
    }
    if (type === 'ApiKeyIssued') this.keys.set(data.keyId, true);
    if (type === 'ApiKeyRevoked') this.keys.set(data.keyId, false);
  }
}

const big = (amount: number | null): bigint | null => (amount === null ? null : BigInt(amount));

const newPage = (limit: number | null): Page => ({ spent: 0n, limit: big(limit), isActive: true });
