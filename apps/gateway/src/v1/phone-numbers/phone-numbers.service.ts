import { Inject, Injectable } from '@nestjs/common';
import { badRequest, errorOfPurchase } from '@tollgate/contracts';
import {
  phoneNumberIdOf,
  presentFields,
  type NumberOrder,
  type SendersKind,
} from '@tollgate/domain';
import type { AvailableNumber, NumberBought, Outcome } from '@tollgate/ports';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { outcomeUnknown } from '../../commands/gate';
import { MessagingGate } from '../../commands/messaging-gate';
import type { AccountCaller } from '../../http/caller';
import { unavailable } from '../../http/errors';
import { sayReplayed } from '../../http/replays';
import type { GatewayOptions } from '../../options';
import { GATEWAY_OPTIONS } from '../../tokens';
import { NumberReader } from './number-reader';
import type { PurchaseNumberDto, UpdateNumberDto } from './phone-number.dto';
import { ownedNumberView, type OwnedNumberFacts, type OwnedNumberView } from './phone-number.view';

type Bought = Extract<NumberBought, { status: 'bought' }>;

/** Buys numbers, changes them and gives them back. */
@Injectable()
export class PhoneNumbersService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: MessagingGate,
    private readonly numbers: NumberReader,
    @Inject(GATEWAY_OPTIONS)
    private readonly options: Pick<GatewayOptions, 'inventory' | 'numbers'>,
  ) {}

  /** @throws ApiError bad_request for a number that can't be had, and what refuses charges. */
  async purchase(
    request: FastifyRequest,
    caller: AccountCaller,
    { phoneNumber, name }: PurchaseNumberDto,
    reply: FastifyReply,
  ): Promise<OwnedNumberView> {
    const offered = await this.options.inventory.find(phoneNumber);
    if (offered === undefined) throw badRequest('This phone number is not available');
    const numberId = phoneNumberIdOf(this.factory.newId());
    const order = orderOf(caller, offered, { numberId, ...presentFields({ name }) });
    const metadata = this.factory.ofCaller(request, caller);
    const bought = boughtOrThrow(await this.options.numbers.buy(order, metadata));
    this.numbers.answered(caller.accountId, bought.streamRevision);
    sayReplayed(reply, bought);
    return ownedNumberView(await this.shown(order, bought, metadata.at));
  }

  async update(
    request: FastifyRequest,
    caller: AccountCaller,
    { numberId, name, senderId }: UpdateNumberDto & { readonly numberId: string },
    reply: FastifyReply,
  ): Promise<OwnedNumberView> {
    const { accountId } = caller;
    const accepted = await this.gate.accept({
      ...this.factory.ofCaller(request, caller),
      accountId,
      type: 'UpdateNumber',
      data: { numberId, ...presentFields({ name, senderId }) },
    });
    sayReplayed(reply, accepted);
    return ownedNumberView(await this.numbers.changed(accountId, numberId, reply));
  }

  async release(request: FastifyRequest, caller: AccountCaller, numberId: string): Promise<void> {
    const { accountId } = caller;
    const metadata = this.factory.ofCaller(request, caller);
    const outcome: Outcome<SendersKind> = await this.options.numbers.release(
      accountId,
      numberId,
      metadata,
    );
    if ('streamRevision' in outcome) {
      this.numbers.answered(accountId, outcome.streamRevision);
    }
    this.gate.acceptedOrThrow(outcome);
  }

  /** As it was bought, should the read models not show it yet: nobody must hear that it failed. */
  private async shown(
    order: NumberOrder,
    { numberId }: Bought,
    now: number,
  ): Promise<OwnedNumberFacts> {
    const row = await this.numbers.find(order.accountId, numberId).catch(() => undefined);
    if (row !== undefined) return row;
    const { name = null } = order;
    const since = { paidUntil: null, createdAt: now, updatedAt: now };
    return { ...order, ...since, id: numberId, name, senderId: null, status: 'active' };
  }
}

function orderOf(
  { accountId, teamId, keyId }: AccountCaller,
  offered: AvailableNumber,
  named: Pick<NumberOrder, 'numberId' | 'name'>,
): NumberOrder {
  const { phoneNumber, capabilities, monthlyPrice, upfrontPrice, isFree } = offered;
  const terms = { capabilities, monthlyPrice, upfrontPrice, isFree };
  return { ...named, phoneNumber, accountId, teamId, keyId, ...terms };
}

function boughtOrThrow(outcome: NumberBought): Bought {
  switch (outcome.status) {
    case 'bought':
      return outcome;
    case 'refused':
      throw errorOfPurchase(outcome.rejection);
    case 'unknown':
      throw outcomeUnknown(outcome.commandId);
    case 'unavailable':
      throw unavailable();
  }
}
