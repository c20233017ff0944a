import { Injectable } from '@nestjs/common';
import { ApiError } from '@tollgate/contracts';
import { contactChannelIdOf, presentFields, type CommandMetadata } from '@tollgate/domain';
import { channelsOf } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { eventOf } from '../../commands/gate';
import { MessagingGate } from '../../commands/messaging-gate';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import { channelToSeal, checkIdentifier, newChannelRow } from './contact-channels';
import type { NewChannelDto, UpdateChannelDto } from './contact.dto';
import { ContactReader } from './contact-reader';
import { ContactSealer } from './contact-sealer';
import { channelView, type ContactChannelView } from './contact.view';

/** Which channel of which contact a request names. */
export interface NamedChannel {
  readonly contactId: string;
  readonly channelId: string;
}

/** The commands behind the routes of a contact's channels. */
@Injectable()
export class ContactChannelsService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: MessagingGate,
    private readonly contacts: ContactReader,
    private readonly sealer: ContactSealer,
  ) {}

  async add(
    request: FastifyRequest,
    caller: AccountCaller,
    { contactId, ...asked }: NewChannelDto & { readonly contactId: string },
    reply: FastifyReply,
  ): Promise<ContactChannelView> {
    checkIdentifier(asked);
    const { accountId } = caller;
    await this.contacts.contact(accountId, contactId);
    const given = channelToSeal(asked, contactChannelIdOf(this.factory.newId()));
    const channel = await this.sealer.channel(accountId, contactId, given);
    const accepted = await this.gate.accept({
      ...this.from(request, caller),
      type: 'AddContactChannel',
      data: { contactId, channel },
    });
    sayReplayed(reply, accepted);
    const { data } = eventOf(accepted, 'ContactChannelAdded');
    return channelView(newChannelRow(asked, data.channel, accepted.at));
  }

  /** @throws ApiError not_found before anything is sealed for nobody. */
  async update(
    request: FastifyRequest,
    caller: AccountCaller,
    change: UpdateChannelDto & NamedChannel,
    reply: FastifyReply,
  ): Promise<ContactChannelView> {
    const { contactId, channelId, verified } = change;
    const contact = await this.contacts.contact(caller.accountId, contactId);
    if (!channelsOf(contact).some(({ id }) => id === channelId)) throw channelNotFound();
    const label = await this.sealer.change(contactId, change.label);
    const metadata = await this.sealer.field(contactId, change.metadata);
    const accepted = await this.gate.accept({
      ...this.from(request, caller),
      type: 'UpdateContactChannel',
      data: { contactId, channelId, ...presentFields({ label, metadata, verified }) },
    });
    sayReplayed(reply, accepted);
    return this.shown(caller, change, reply);
  }

  async setPrimary(
    request: FastifyRequest,
    caller: AccountCaller,
    { contactId, channelId }: NamedChannel,
    reply: FastifyReply,
  ): Promise<ContactChannelView> {
    const named = { contactId, channelId };
    const accepted = await this.gate.accept({
      ...this.from(request, caller),
      type: 'SetPrimaryChannel',
      data: named,
    });
    sayReplayed(reply, accepted);
    return this.shown(caller, named, reply);
  }

  async remove(
    request: FastifyRequest,
    caller: AccountCaller,
    { contactId, channelId }: NamedChannel,
  ): Promise<void> {
    await this.gate.accept({
      ...this.from(request, caller),
      type: 'RemoveContactChannel',
      data: { contactId, channelId },
    });
  }

  private from(
    request: FastifyRequest,
    caller: AccountCaller,
  ): CommandMetadata & { readonly accountId: string } {
    return { ...this.factory.ofCaller(request, caller), accountId: caller.accountId };
  }

  private async shown(
    { accountId }: AccountCaller,
    { contactId, channelId }: NamedChannel,
    reply: FastifyReply,
  ): Promise<ContactChannelView> {
    const contact = await this.contacts.changed(accountId, contactId, reply);
    const channel = channelsOf(contact).find(({ id }) => id === channelId);
    if (channel === undefined) throw channelNotFound();
    return channelView(channel);
  }
}

function channelNotFound(): ApiError {
  return new ApiError('not_found', 'Contact channel not found.');
}
