import { Inject, Injectable } from '@nestjs/common';
import { senderIdOf, type CommandMetadata, type SenderWebhook } from '@tollgate/domain';
import { webhookOf, type NumberRow } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { eventOf } from '../../commands/gate';
import { MessagingGate } from '../../commands/messaging-gate';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import type { GatewayOptions } from '../../options';
import { GATEWAY_OPTIONS } from '../../tokens';
import { createdSender } from './created-sender';
import { changeOf, newSenderOf } from './sender-commands';
import type { CreateSenderDto, UpdateSenderDto } from './sender.dto';
import { SenderReader } from './sender-reader';
import { senderView, type KnownSender, type SenderView } from './sender.view';

type Options = Pick<GatewayOptions, 'webhookSecretOf' | 'webhookUrlProblem'>;

/** The commands behind the routes of senders. */
@Injectable()
export class SendersService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: MessagingGate,
    private readonly senders: SenderReader,
    @Inject(GATEWAY_OPTIONS) private readonly options: Options,
  ) {}

  async create(
    request: FastifyRequest,
    caller: AccountCaller,
    body: CreateSenderDto,
    reply: FastifyReply,
  ): Promise<SenderView> {
    const asked = newSenderOf(body, this.options.webhookUrlProblem);
    const senderId = senderIdOf(this.factory.newId());
    const accepted = await this.gate.accept({
      ...this.from(request, caller),
      type: 'CreateSender',
      data: { senderId, ...asked },
    });
    sayReplayed(reply, accepted);
    const event = eventOf(accepted, 'SenderCreated');
    const row = createdSender(event, caller.accountId, accepted.at);
    const number = await this.numberOf(row, body.phoneNumber);
    const secret = this.secretOf(row.id, event.data.webhook);
    return senderView({ row, number, isDefault: event.data.isDefault }, secret);
  }

  async update(
    request: FastifyRequest,
    caller: AccountCaller,
    { senderId, ...body }: UpdateSenderDto & { readonly senderId: string },
    reply: FastifyReply,
  ): Promise<SenderView> {
    const { accountId } = caller;
    const change = changeOf(body, this.options.webhookUrlProblem);
    const before = await this.senders.sender(accountId, senderId);
    const accepted = await this.gate.accept({
      ...this.from(request, caller),
      type: 'UpdateSender',
      data: { senderId, ...change },
    });
    sayReplayed(reply, accepted);
    const after = await this.senders.changed(accountId, senderId, reply);
    const updated = accepted.events.find((event) => event.type === 'SenderUpdated');
    const webhook = updated?.data.webhook ?? undefined;
    // The first answer may have shown the secret, and this one is to stand for it.
    const isNew = accepted.isRepeat
      ? typeof body.webhookUrl === 'string'
      : webhookOf(before.row)?.secretVersion !== webhook?.secretVersion;
    return senderView(
      withWebhook(after, webhook),
      isNew ? this.secretOf(senderId, webhook) : undefined,
    );
  }

  async delete(request: FastifyRequest, caller: AccountCaller, senderId: string): Promise<void> {
    await this.gate.accept({
      ...this.from(request, caller),
      type: 'DeleteSender',
      data: { senderId },
    });
  }

  /** The secret that counts from now on; the one before is of no use any more. */
  async regenerateSecret(
    request: FastifyRequest,
    caller: AccountCaller,
    senderId: string,
    reply: FastifyReply,
  ): Promise<string> {
    const accepted = await this.gate.accept({
      ...this.from(request, caller),
      type: 'RegenerateWebhookSecret',
      data: { senderId },
    });
    sayReplayed(reply, accepted);
    const { data } = eventOf(accepted, 'WebhookSecretRegenerated');
    return this.options.webhookSecretOf(senderId, data.secretVersion);
  }

  private from(
    request: FastifyRequest,
    caller: AccountCaller,
  ): CommandMetadata & { readonly accountId: string } {
    return { ...this.factory.ofCaller(request, caller), accountId: caller.accountId };
  }

  private secretOf(senderId: string, webhook: SenderWebhook | undefined): string | undefined {
    if (webhook === undefined) return undefined;
    return this.options.webhookSecretOf(senderId, webhook.secretVersion);
  }

  /** The sender is made: a number that can't be read now is taken to be as it usually is. */
  private async numberOf(
    { accountId, numberId }: KnownSender['row'],
    phoneNumber: string | undefined,
  ): Promise<KnownSender['number']> {
    if (numberId === null || phoneNumber === undefined) return undefined;
    const reading: Promise<NumberRow | undefined> = this.senders.number(accountId, numberId);
    const capabilities = { sms: true, voice: true, mms: false };
    const usual = { phoneNumber, status: 'active' as const, capabilities };
    return (await reading.catch(() => undefined)) ?? usual;
  }
}

/** As the writer has it, should the read models not show it yet. */
function withWebhook(sender: KnownSender, webhook: SenderWebhook | undefined): KnownSender {
  if (webhook === undefined) return sender;
  const { secretVersion, ...rest } = webhook;
  return { ...sender, row: { ...sender.row, webhook: rest, secretVersion } };
}
