import { Injectable } from '@nestjs/common';
import { ApiError } from '@tollgate/contracts';
import type { Accepted } from '@tollgate/ports';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { retryCount } from '../../commands/command-factory';
import { CommandGate } from '../../commands/command-gate';
import { eventOf } from '../../commands/gate';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import { MessageCommands, openedIn } from './message-commands';
import { MessageReader } from './message-reader';
import { channelOf, checkMessage, checkSender } from './message-rules';
import { acceptedMessageView, type MessageView } from './message.view';
import { SenderChoice } from './sender-choice';
import type { SendMessageDto } from './send-message.dto';

/** Accepts messages: what is accepted has been charged, by the same event. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly commands: MessageCommands,
    private readonly gate: CommandGate,
    private readonly messages: MessageReader,
    private readonly senders: SenderChoice,
  ) {}

  /** @throws ApiError idempotency_conflict with the first message, for a caller's own repeat. */
  async send(
    request: FastifyRequest,
    caller: AccountCaller,
    body: SendMessageDto,
    reply: FastifyReply,
  ): Promise<MessageView> {
    const sender = await this.senders.choose(caller.accountId, senderIn(request));
    const channel = channelOf(body, sender);
    checkMessage(body, channel);
    checkSender(sender, channel);
    const opened = openedIn(body);
    const message = { body, channel, opened, senderId: sender?.id };
    const accepted = await this.gate.accept(await this.commands.charge(request, caller, message));
    const view = acceptedMessageView(eventOf(accepted, 'AccountCharged'), opened, accepted.at);
    if (isCallersRepeat(accepted, request)) throw await this.conflict(caller, view);
    sayReplayed(reply, accepted);
    return view;
  }

  private async conflict(caller: AccountCaller, accepted: MessageView): Promise<ApiError> {
    // Nobody must hear that nothing was done because a read model is away, or behind.
    const shown = await this.messages.message(caller, accepted.id).catch(() => undefined);
    const text = 'A message with this idempotency key was accepted before.';
    return new ApiError('idempotency_conflict', text, { message: shown ?? accepted });
  }
}

/** Two headers of that name come as one text. */
function senderIn({ headers }: FastifyRequest): string | undefined {
  return headers['zavu-sender'] as string | undefined;
}

/** The official client's own retry gets the first answer; anybody else's repeat is a conflict. */
function isCallersRepeat({ isRepeat }: Accepted, request: FastifyRequest): boolean {
  return isRepeat && (retryCount(request) ?? 0) === 0;
}
