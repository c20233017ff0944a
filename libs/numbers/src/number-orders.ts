import type {
  ClaimNumber,
  CommandMetadata,
  MessagingKind,
  NumberOrder,
  SendersKind,
} from '@tollgate/domain';
import type {
  Clock,
  CommandLog,
  Digest,
  Log,
  NumberBought,
  NumberOrders,
  Outcome,
} from '@tollgate/ports';
import { chargedNumber, type ChargedNumber } from './charged-number';
import { NumberSteps, type HeldNumber } from './number-steps';

export interface NumberOrdersPorts {
  readonly billing: CommandLog;
  readonly messaging: CommandLog<MessagingKind>;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}

type Unbought = Exclude<NumberBought, { status: 'bought' }>;
type AnyOutcome = Outcome<MessagingKind> | Outcome;
type Accepted<Each extends AnyOutcome> = Extract<Each, { status: 'accepted' }>;

/**
 * Takes the steps of an order while its buyer waits. Whatever is left undone, by a crash or an
 * answer that did not come, `NumberKeeper` finishes or undoes.
 */
export class CommandedNumberOrders implements NumberOrders {
  private readonly steps: NumberSteps;

  constructor(private readonly ports: NumberOrdersPorts) {
    this.steps = new NumberSteps(ports.digest, ports.clock);
  }

  async buy(order: NumberOrder, metadata: CommandMetadata): Promise<NumberBought> {
    const claimed = await this.claim({ ...metadata, type: 'ClaimNumber', data: order });
    if (claimed.status !== 'accepted') return unbought(claimed, metadata);
    // A repeated request gets on with the order that it made first.
    const first = orderIn(claimed) ?? order;
    const held = claimed.isRepeat ? await this.claimAgain(first, order.numberId) : claimed;
    if (held.status !== 'accepted') return unbought(held, metadata);
    const charged = await this.charge(first);
    if (charged.status !== 'accepted') {
      return this.unpaid(charged, first, { attempt: order.numberId, metadata });
    }
    if (charged.isRepeat && held.events.length > 0 && claimed.isRepeat) {
      return this.isOver(chargedNumber(first, charged), order.numberId, metadata);
    }
    return this.add(chargedNumber(first, charged), metadata, claimed.isRepeat);
  }

  async release(
    accountId: string,
    numberId: string,
    metadata: CommandMetadata,
  ): Promise<Outcome<SendersKind>> {
    const { messaging } = this.ports;
    const command = { ...metadata, accountId, type: 'ReleaseNumber', data: { numberId } } as const;
    const [outcome] = await messaging.submit(accountId, [command]);
    const released = outcome as Outcome<SendersKind>;
    if (released.status === 'accepted') await this.freeReleased(released);
    return released;
  }

  private async claim(command: ClaimNumber): Promise<Outcome<MessagingKind>> {
    const [outcome] = await this.ports.messaging.submit(command.data.phoneNumber, [command]);
    return outcome!;
  }

  /**
   * An order whose charge was refused gave its claim back, and somebody else may have the number by
   * now: that it was claimed once is no reason to charge for it.
   */
  private claimAgain(order: NumberOrder, attempt: string): Promise<Outcome<MessagingKind>> {
    return this.claim(this.steps.claimAgain(order, attempt));
  }

  /** The claim is there: from here on nothing is thrown at the buyer. */
  private async charge(order: NumberOrder): Promise<Outcome> {
    const charge = this.steps.charge(order);
    const unsure = { status: 'unknown', commandId: charge.id } as const;
    const submitted = this.ports.billing.submit(order.teamId, [charge]);
    const [outcome] = await submitted.catch((fault: unknown) => this.told(fault, [unsure]));
    return outcome!;
  }

  /** Told that nothing was done, the buyer must be sure that nobody asks for the money later. */
  private async unpaid(
    charged: Exclude<Outcome, { status: 'accepted' }>,
    order: NumberOrder,
    { attempt, metadata }: { readonly attempt: string; readonly metadata: CommandMetadata },
  ): Promise<NumberBought> {
    const isFree = charged.status !== 'unknown' && (await this.free(order, attempt));
    if (isFree) return unbought(charged, metadata);
    return { status: 'unknown', commandId: metadata.id };
  }

  /** It was paid before, and its claim was free again since: the number was given back. */
  private async isOver(
    { teamId, chargeId, item }: ChargedNumber,
    attempt: string,
    metadata: CommandMetadata,
  ): Promise<NumberBought> {
    const held = { teamId, numberId: item.id, phoneNumber: item.phoneNumber };
    if (!(await this.free(held, attempt))) return { status: 'unknown', commandId: metadata.id };
    return { status: 'refused', rejection: { code: 'number_released', chargeId } };
  }

  private async add(
    charged: ChargedNumber,
    metadata: CommandMetadata,
    isRepeat: boolean,
  ): Promise<NumberBought> {
    const { messaging } = this.ports;
    const unsure = { status: 'unknown', commandId: metadata.id } as const;
    const submitted = messaging.submit(charged.accountId, [this.steps.add(charged)]);
    const [outcome] = await submitted.catch((fault: unknown) => this.told(fault, [unsure]));
    if (outcome?.status !== 'accepted') return unbought(outcome ?? unsure, metadata);
    const { streamRevision } = outcome;
    return { status: 'bought', numberId: charged.item.id, streamRevision, isRepeat };
  }

  private async freeReleased(released: Accepted<Outcome<SendersKind>>): Promise<void> {
    for (const { type, data } of released.events) {
      if (type === 'NumberReleased') await this.free(data, released.commandId);
    }
  }

  /** False when that is left to the keeper. */
  private async free(number: HeldNumber, cause: string): Promise<boolean> {
    const command = this.steps.release(number, cause);
    const submitted = this.ports.messaging.submit(number.phoneNumber, [command]);
    const [outcome] = await submitted.catch((fault: unknown) => this.told(fault, []));
    return outcome?.status === 'accepted';
  }

  private told<Value>(fault: unknown, instead: Value): Value {
    this.ports.log.warn('a step of an order for a number failed', { fault });
    return instead;
  }
}

/**
 * Once the number is claimed, a part that is away leaves the order open, and the keeper closes it.
 * A refusal of the last step is made good by the keeper as well: what was charged goes back.
 */
function unbought(
  outcome: Exclude<AnyOutcome, { status: 'accepted' }>,
  { id }: CommandMetadata,
): Unbought {
  switch (outcome.status) {
    case 'refused':
      return { status: 'refused', rejection: outcome.rejection } as Unbought;
    case 'unavailable':
    case 'undecidable':
      return { status: 'unavailable' };
    case 'unknown':
      return { status: 'unknown', commandId: id };
  }
}

function orderIn({ events }: Accepted<Outcome<MessagingKind>>): NumberOrder | undefined {
  for (const event of events) if (event.type === 'NumberClaimed') return event.data;
  return undefined;
}
