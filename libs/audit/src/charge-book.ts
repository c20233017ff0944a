import type { Micros } from '@tollgate/domain';

const CHARGES_MIN = 16;

/**
 * Every charge of a team, 20 bytes each, so that a refund can be compared with a charge of any
 * age without reading the log again.
 */
export class ChargeBook {
  private count = 0;
  private revisions = new Float64Array(CHARGES_MIN);
  private amounts = new Float64Array(CHARGES_MIN);
  private owners = new Uint32Array(CHARGES_MIN);
  private readonly accountIds: string[] = [];
  private readonly ownerOf = new Map<string, number>();
  /** By place in the book. */
  private readonly refunded = new Map<number, Micros>();

  /** Charges come in the order of their revisions. */
  record(revision: number, accountId: string, amount: Micros): void {
    if (this.count === this.revisions.length) this.grow();
    this.revisions[this.count] = revision;
    this.amounts[this.count] = amount;
    this.owners[this.count] = this.owner(accountId);
    this.count += 1;
  }

  /** The place of the charge at a revision; undefined when there is none. */
  find(revision: number): number | undefined {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.revisions[middle]! < revision) low = middle + 1;
      else high = middle;
    }
    return low < this.count && this.revisions[low] === revision ? low : undefined;
  }

  accountAt(place: number): string {
    return this.accountIds[this.owners[place]!]!;
  }

  /** What is left of a charge. */
  refundable(place: number): Micros {
    return this.amounts[place]! - (this.refunded.get(place) ?? 0);
  }

  /** Returns the sum of all refunds of this charge. */
  refund(place: number, amount: Micros): Micros {
    const sum = (this.refunded.get(place) ?? 0) + amount;
    this.refunded.set(place, sum);
    return sum;
  }

  private owner(accountId: string): number {
    const known = this.ownerOf.get(accountId);
    if (known !== undefined) return known;
    const owner = this.accountIds.push(accountId) - 1;
    this.ownerOf.set(accountId, owner);
    return owner;
  }

  private grow(): void {
    const length = this.count * 2;
    const { revisions, amounts, owners } = this;
    this.revisions = new Float64Array(length);
    this.amounts = new Float64Array(length);
    this.owners = new Uint32Array(length);
    this.revisions.set(revisions);
    this.amounts.set(amounts);
    this.owners.set(owners);
  }
}
