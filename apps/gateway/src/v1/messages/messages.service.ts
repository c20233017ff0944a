import { Injectable } from '@nestjs/common';
import { ApiError } from '@tollgate/contracts';
import { messageIdOf, type Charge, type MessageItem } from '@tollgate/domain';
import type { Accepted } from '@tollgate/ports';
import { messageKey, type MessageRow } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory, idempotencyKeyOf, retryCount } from '../../commands/command-factory';
import { CommandGate, eventOf } from '../../commands/command-gate';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import { FreshReads } from '../../reads/fresh-reads';
import { MessagePricing, type MessagePrice } from './message-pricing';
import { channelOf, checkMessage } from './message-rules';
import { acceptedMessageView, messageView, type MessageView } from './message.view';
import type { Channel, SendMessageDto } from './send-message.dto';

/** Accepts messages: what is accepted has been charged, by the same event. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: CommandGate,
    private readonly pricing: MessagePricing,
    private readonly reads: FreshReads,
  ) {}

  /** @throws ApiError idempotency_conflict with the first message, for a caller's own repeat. */
  async send(
    request: FastifyRequest,
    caller: AccountCaller,
    body: SendMessageDto,
    reply: FastifyReply,
  ): Promise<MessageView> {
    refuseUnknownSender(request);
    const channel = channelOf(body);
    checkMessage(body, channel);
    const price = this.pricing.price({ ...body, channel }, caller.environment);
    const accepted = await this.gate.accept(
      this.command({ request, caller, body, channel, price }),
    );
    const view = acceptedMessageView(eventOf(accepted, 'AccountCharged'), accepted.at);
    if (isCallersRepeat(accepted, request)) throw await this.conflict(caller.teamId, view);
    sayReplayed(reply, accepted);
    return view;
  }

  /** @throws ApiError not_found */
  async retrieve(
    caller: AccountCaller,
    messageId: string,
    reply: FastifyReply,
  ): Promise<MessageView> {
    await this.reads.wait(caller.teamId, reply);
    const row = await this.reads.readModels.get(messageKey(caller.teamId, messageId));
    if (row === undefined || row['accountId'] !== caller.accountId) {
      throw new ApiError('not_found', 'Message not found.');
    }
    return messageView(row as MessageRow);
  }

  private command(send: Send): Charge {
    const { request, caller, body, price } = send;
    const { accountId, teamId, keyId } = caller;
    const idempotencyKey = body.idempotencyKey ?? idempotencyKeyOf(request);
    const metadata = this.factory.metadata({
      request,
      teamId,
      keyId,
      scope: accountId,
      idempotencyKey,
    });
    const item = itemOf(send, messageIdOf(this.factory.newId()));
    return { ...metadata, type: 'Charge', data: { accountId, amount: price.amount, item } };
  }

  private async conflict(teamId: string, accepted: MessageView): Promise<ApiError> {
    // Nobody must hear that nothing was done because a read model is away.
    const shown = await this.shown(teamId, accepted.id).catch(() => undefined);
    const text = 'A message with this idempotency key was accepted before.';
    return new ApiError('idempotency_conflict', text, { message: shown ?? accepted });
  }

  private async shown(teamId: string, messageId: string): Promise<MessageView | undefined> {
    await this.reads.wait(teamId);
    const row = await this.reads.readModels.get(messageKey(teamId, messageId));
    return row === undefined ? undefined : messageView(row as MessageRow);
  }
}

interface Send {
  readonly request: FastifyRequest;
  readonly caller: AccountCaller;
  readonly body: SendMessageDto;
  readonly channel: Channel;
  readonly price: MessagePrice;
}

function itemOf({ body, caller, channel, price }: Send, id: string): MessageItem {
  const { to, messageType = 'text', ...content } = body;
  delete content.channel;
  delete content.idempotencyKey;
  const { environment } = caller;
  const { segments } = price;
  const item = { type: 'message', id, to, channel, messageType, environment } as const;
  return { ...item, content, ...(segments === undefined ? {} : { segments }) };
}

/** The official client's own retry gets the first answer; anybody else's repeat is a conflict. */
function isCallersRepeat({ isRepeat }: Accepted, request: FastifyRequest): boolean {
  return isRepeat && (retryCount(request) ?? 0) === 0;
}

/** Senders come with a later version; naming one that can't exist is an error even now. */
function refuseUnknownSender({ headers }: FastifyRequest): void {
  if (headers['zavu-sender'] === undefined) return;
  throw new ApiError('not_found', 'Template or sender not found.');
}
