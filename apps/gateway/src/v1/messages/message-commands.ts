import { messageIdOf, presentFields, type Charge, type MessageItem } from '@tollgate/domain';
import type { Sealing } from '@tollgate/ports';
import type { FastifyRequest } from 'fastify';
import { idempotencyKeyOf, type CommandFactory } from '../../commands/command-factory';
import type { AccountCaller } from '../../http/caller';
import type { MessagePricing } from './message-pricing';
import type { OpenedMessage } from './message.view';
import type { Channel, SendMessageDto } from './send-message.dto';

/** A message that keeps all rules, and what was found out about it. */
export interface ValidMessage {
  readonly body: SendMessageDto;
  readonly channel: Channel;
  readonly opened: OpenedMessage;
  readonly senderId: string | undefined;
}

/** Turns messages into charges, which are the orders to deliver them. */
export class MessageCommands {
  constructor(
    private readonly factory: CommandFactory,
    private readonly pricing: MessagePricing,
    private readonly sealing: Sealing,
  ) {}

  /** @throws ApiError invalid_request for a channel without a price. */
  async charge(
    request: FastifyRequest,
    caller: AccountCaller,
    message: ValidMessage,
  ): Promise<Charge> {
    const { body, channel, senderId, opened } = message;
    const { accountId, teamId, keyId, environment } = caller;
    const { amount, segments } = this.pricing.price({ ...body, channel }, environment);
    const idempotencyKey = body.idempotencyKey ?? idempotencyKeyOf(request);
    const origin = { request, teamId, keyId, scope: accountId, idempotencyKey };
    const metadata = this.factory.metadata(origin);
    const item: MessageItem = {
      type: 'message',
      id: messageIdOf(this.factory.newId()),
      channel,
      messageType: body.messageType ?? 'text',
      environment,
      ...(await this.sealed(accountId, opened)),
      ...presentFields({ segments, senderId }),
    };
    return { ...metadata, type: 'Charge', data: { accountId, amount, item } };
  }

  /** Comes when nothing else can be wrong: it may make a key for the recipient. */
  private async sealed(
    accountId: string,
    opened: OpenedMessage,
  ): Promise<Pick<MessageItem, 'sealed' | 'recipient'>> {
    const recipient = await this.sealing.recipientOf(accountId, opened.to);
    return { recipient, sealed: await this.sealing.seal(recipient, opened) };
  }
}

/** What a message says, and to whom: the rest of its body is for Tollgate. */
export function openedIn({ to, ...body }: SendMessageDto): OpenedMessage {
  const content = { ...body };
  delete content.channel;
  delete content.messageType;
  delete content.idempotencyKey;
  return { to, content };
}
