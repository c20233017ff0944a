import { commandIdOf } from '@tollgate/contracts';
import type {
  AddNumber,
  Charge,
  ClaimNumber,
  CommandMetadata,
  NumberOrder,
  NumberTerms,
  PhoneNumberItem,
  Refund,
  ReleaseNumberClaim,
  RenewNumber,
  SuspendNumber,
} from '@tollgate/domain';
import type { Clock, Digest } from '@tollgate/ports';
import type { ChargedNumber } from './charged-number';
import { nextMonth } from './next-month';

/** A number that is claimed for an order, or was owned by it. */
export type HeldNumber = Pick<NumberOrder, 'teamId' | 'phoneNumber' | 'numberId'>;

/**
 * The commands of every step. Whoever takes a step, and however often, sends the same command id,
 * so that it is done once.
 */
export class NumberSteps {
  constructor(
    private readonly digest: Digest,
    private readonly clock: Clock,
  ) {}

  /** The first month begins when the order is charged. */
  charge(order: NumberOrder): Charge {
    const { teamId, accountId, keyId, upfrontPrice } = order;
    const origin = this.origin(`number-charge:${order.numberId}`, teamId);
    const item = { ...itemOf(order), paidUntil: nextMonth(origin.at) };
    const data = { accountId, amount: upfrontPrice, item };
    return { ...origin, ...(keyId === undefined ? {} : { keyId }), type: 'Charge', data };
  }

  /** One more month; one that comes late begins now. */
  renewal({ teamId, accountId, item }: ChargedNumber): Charge {
    const { id, monthlyPrice } = item;
    const origin = this.origin(`number-renewal:${id}:${item.paidUntil}`, teamId);
    const from = origin.at - item.paidUntil > LATE_MS ? origin.at : item.paidUntil;
    const renewed: PhoneNumberItem = { ...item, paidUntil: nextMonth(from), isRenewal: true };
    return {
      ...origin,
      type: 'Charge',
      data: { accountId, amount: item.isFree ? 0 : monthlyPrice, item: renewed },
    };
  }

  /** @param claim that it settles; absent where the charge itself was heard of. */
  add({ teamId, accountId, chargeId, item }: ChargedNumber, claim?: string): AddNumber {
    const { id: numberId, phoneNumber, name, paidUntil } = item;
    const data = {
      ...termsOf(item),
      numberId,
      phoneNumber,
      chargeId,
      paidUntil,
      ...(name === undefined ? {} : { name }),
    };
    const step = `number-add:${numberId}`;
    const origin = this.origin(claim === undefined ? step : `${step}:${claim}`, teamId);
    return { ...origin, accountId, type: 'AddNumber', data };
  }

  renew({ teamId, accountId, chargeId, item }: ChargedNumber): RenewNumber {
    const { id: numberId, paidUntil } = item;
    const origin = this.origin(`number-renew:${chargeId}`, teamId);
    return { ...origin, accountId, type: 'RenewNumber', data: { numberId, chargeId, paidUntil } };
  }

  suspend({ teamId, accountId, item }: ChargedNumber, reason: string): SuspendNumber {
    const origin = this.origin(`number-suspend:${item.id}:${item.paidUntil}`, teamId);
    return { ...origin, accountId, type: 'SuspendNumber', data: { numberId: item.id, reason } };
  }

  /** The claim of an order that was made before; nothing is changed where it is still held. */
  claimAgain(order: NumberOrder, attempt: string): ClaimNumber {
    const origin = this.origin(`number-claim:${attempt}`, order.teamId);
    return { ...origin, type: 'ClaimNumber', data: order };
  }

  /**
   * @param cause the one attempt, claim or release that leads to it: a number may be claimed and
   * released for one order more than once, and each release must be a command of its own.
   */
  release({ teamId, phoneNumber, numberId }: HeldNumber, cause: string): ReleaseNumberClaim {
    const origin = this.origin(`number-release:${numberId}:${cause}`, teamId);
    return { ...origin, type: 'ReleaseNumberClaim', data: { phoneNumber, numberId } };
  }

  refund({ teamId, accountId, chargeId }: ChargedNumber, reason: string): Refund {
    const origin = this.origin(`number-refund:${chargeId}`, teamId);
    return { ...origin, type: 'Refund', data: { accountId, chargeId, reason } };
  }

  private origin(step: string, teamId: string): CommandMetadata {
    const id = commandIdOf(step, (text) => this.digest.sha256(text));
    return { id, teamId, at: this.clock.now() };
  }
}

/** Renewals that come later than this after they were due do not count from then. */
const LATE_MS = 24 * 60 * 60_000;

function termsOf({ capabilities, monthlyPrice, upfrontPrice, isFree }: NumberTerms): NumberTerms {
  return { capabilities, monthlyPrice, upfrontPrice, isFree };
}

function itemOf(order: NumberOrder): Omit<PhoneNumberItem, 'paidUntil'> {
  const { numberId, phoneNumber, name } = order;
  return {
    type: 'phone_number',
    id: numberId,
    phoneNumber,
    ...termsOf(order),
    ...(name === undefined ? {} : { name }),
  };
}
