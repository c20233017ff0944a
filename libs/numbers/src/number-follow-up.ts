import type { EventMetadata, MessagingKind, NumberOrder } from '@tollgate/domain';
import type { Clock, CommandLog, Digest, Log, Outcome, Schedule } from '@tollgate/ports';
import { chargedNumber, type ChargedNumber } from './charged-number';
import { NumberSteps, type HeldNumber } from './number-steps';

export interface NumberFollowUpPorts {
  readonly schedule: Schedule;
  readonly billing: CommandLog;
  readonly messaging: CommandLog<MessagingKind>;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}

/** A claim of which nobody has said yet what became of its order. */
interface OpenClaim {
  readonly order: NumberOrder;
  /** Of the claim. */
  readonly commandId: string;
}

/** Longer than any command of a buyer can be on its way. */
const CLAIM_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
const CLAIM = 'claim:';
const RENEWAL = 'renewal:';

/** A step was neither accepted nor refused: it is taken again. */
export class StepNotConfirmed extends Error {
  override readonly name = 'StepNotConfirmed';
}

/**
 * What is to be done after a claim, a charge or a release, now or at its time. Every method may be
 * called again for the same thing. @throws StepNotConfirmed and what command logs throw.
 */
export class NumberFollowUp {
  private readonly steps: NumberSteps;

  constructor(private readonly ports: NumberFollowUpPorts) {
    this.steps = new NumberSteps(ports.digest, ports.clock);
  }

  /** @param metadata of the claim. */
  claimed(order: NumberOrder, { commandId, at }: EventMetadata): Promise<void> {
    const claim: OpenClaim = { order, commandId };
    const detail = JSON.stringify(claim);
    const name = CLAIM + order.numberId;
    return this.ports.schedule.put({ name, dueAt: at + CLAIM_MS, detail });
  }

  claimReleased(numberId: string): Promise<void> {
    return this.ports.schedule.remove(CLAIM + numberId);
  }

  async bought(charged: ChargedNumber): Promise<void> {
    const outcome = await this.messaging(charged.accountId, this.steps.add(charged));
    if (outcome.status === 'refused') await this.undo(charged, outcome.rejection);
    else await this.scheduleRenewal(charged, charged.item.paidUntil);
    await this.claimReleased(charged.item.id);
  }

  /** A number that was released while its renewal was under way gives the money back. */
  async renewed(charged: ChargedNumber): Promise<void> {
    const outcome = await this.messaging(charged.accountId, this.steps.renew(charged));
    if (outcome.status === 'refused') return this.giveBack(charged, outcome.rejection.code);
    await this.scheduleRenewal(charged, charged.item.paidUntil);
  }

  /** @param cause what led to it, see `NumberSteps.release`. */
  async released(number: HeldNumber, cause: string): Promise<void> {
    await this.ports.schedule.remove(RENEWAL + number.numberId);
    await this.messaging(number.phoneNumber, this.steps.release(number, cause));
  }

  /** Does what is due. @param detail of the job. */
  run(name: string, detail: string): Promise<void> {
    const value: unknown = JSON.parse(detail);
    return name.startsWith(CLAIM)
      ? this.settleClaim(value as OpenClaim)
      : this.payRenewal(value as ChargedNumber);
  }

  /**
   * Nobody heard what became of the order. A charge with the id that the buyer's had tells; when it
   * is accepted, the number is the account's, unless that is long ago and it was given back.
   */
  private async settleClaim({ order, commandId }: OpenClaim): Promise<void> {
    const outcome = await this.billing(order.teamId, this.steps.charge(order));
    const isOver =
      outcome.status === 'refused' ||
      (await this.wasReleased(chargedNumber(order, outcome), commandId));
    if (isOver) await this.released(order, commandId);
    await this.claimReleased(order.numberId);
  }

  private async wasReleased(charged: ChargedNumber, claim: string): Promise<boolean> {
    const outcome = await this.messaging(charged.accountId, this.steps.add(charged, claim));
    return outcome.status === 'refused' && outcome.rejection.code === 'number_released';
  }

  /** Once it is charged, what follows from the log sets the next date. */
  private async payRenewal(charged: ChargedNumber): Promise<void> {
    const outcome = await this.billing(charged.teamId, this.steps.renewal(charged));
    if (outcome.status === 'refused') await this.suspend(charged, outcome.rejection.code);
  }

  private async suspend(charged: ChargedNumber, reason: string): Promise<void> {
    const { accountId, item } = charged;
    const outcome = await this.messaging(accountId, this.steps.suspend(charged, reason));
    // It is not the account's any more.
    if (outcome.status === 'refused') return this.ports.schedule.remove(RENEWAL + item.id);
    const fields = { numberId: item.id, accountId, reason };
    this.ports.log.warn('a number could not be renewed and is suspended', fields);
    await this.scheduleRenewal(charged, this.ports.clock.now() + DAY_MS);
  }

  /** What was had and given back was paid for rightly, and what is owned stays claimed. */
  private async undo(charged: ChargedNumber, rejection: Rejection): Promise<void> {
    const { teamId, chargeId, item } = charged;
    const isRight = rejection.code === 'number_released' && rejection.chargeId === chargeId;
    if (!isRight) await this.giveBack(charged, rejection.code);
    if (rejection.code === 'number_owned') return;
    await this.released({ numberId: item.id, phoneNumber: item.phoneNumber, teamId }, chargeId);
  }

  /** Refused means that nothing is left of the charge to give back. */
  private async giveBack(charged: ChargedNumber, reason: string): Promise<void> {
    await this.billing(charged.teamId, this.steps.refund(charged, reason));
    const { chargeId, accountId } = charged;
    this.ports.log.warn('a number was paid for in vain', { chargeId, accountId, reason });
  }

  private scheduleRenewal(charged: ChargedNumber, dueAt: number): Promise<void> {
    const detail = JSON.stringify(charged);
    return this.ports.schedule.put({ name: RENEWAL + charged.item.id, dueAt, detail });
  }

  private async billing(teamId: string, command: BillingCommand): Promise<Confirmed<Outcome>> {
    const [outcome] = await this.ports.billing.submit(teamId, [command]);
    return confirmed(outcome!, command.type);
  }

  private async messaging(
    key: string,
    command: MessagingKind['command'],
  ): Promise<Confirmed<Outcome<MessagingKind>>> {
    const [outcome] = await this.ports.messaging.submit(key, [command]);
    return confirmed(outcome!, command.type);
  }
}

type Rejection = MessagingKind['rejection'];
type BillingCommand = Parameters<CommandLog['submit']>[1][number];
type AnyOutcome = Outcome | Outcome<MessagingKind>;
type Confirmed<Each extends AnyOutcome> = Extract<Each, { status: 'accepted' | 'refused' }>;

function confirmed<Each extends AnyOutcome>(outcome: Each, step: string): Confirmed<Each> {
  if (outcome.status === 'accepted' || outcome.status === 'refused') {
    return outcome as Confirmed<Each>;
  }
  throw new StepNotConfirmed(`${step}: ${outcome.status}`);
}
