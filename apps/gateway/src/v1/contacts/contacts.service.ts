import { Injectable } from '@nestjs/common';
import {
  contactChannelIdOf,
  contactIdOf,
  presentFields,
  type ContactCreated,
} from '@tollgate/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { eventOf } from '../../commands/gate';
import { MessagingGate } from '../../commands/messaging-gate';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import { channelToSeal, checkIdentifier, newChannelRow } from './contact-channels';
import type { CreateContactDto, UpdateContactDto } from './contact.dto';
import { ContactReader } from './contact-reader';
import { ContactSealer } from './contact-sealer';
import { contactView, contactViewOf, type ContactView } from './contact.view';

/** The commands behind the routes of contacts. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: MessagingGate,
    private readonly contacts: ContactReader,
    private readonly sealer: ContactSealer,
  ) {}

  async create(
    request: FastifyRequest,
    caller: AccountCaller,
    body: CreateContactDto,
    reply: FastifyReply,
  ): Promise<ContactView> {
    body.channels.forEach((channel, place) => checkIdentifier(channel, ['channels', place]));
    const { accountId } = caller;
    const contactId = contactIdOf(this.factory.newId());
    const channels = body.channels.map((channel) => {
      return channelToSeal(channel, contactChannelIdOf(this.factory.newId()));
    });
    const displayName = await this.sealer.field(contactId, body.displayName);
    const metadata = await this.sealer.field(contactId, body.metadata);
    const accepted = await this.gate.accept({
      ...this.factory.ofCaller(request, caller),
      accountId,
      type: 'CreateContact',
      data: {
        contactId,
        channels: await this.sealer.channels(accountId, contactId, channels),
        ...presentFields({ displayName, metadata }),
      },
    });
    sayReplayed(reply, accepted);
    return createdView(eventOf(accepted, 'ContactCreated'), body, accepted.at);
  }

  /** @throws ApiError not_found before anything is sealed for nobody. */
  async update(
    request: FastifyRequest,
    caller: AccountCaller,
    change: UpdateContactDto & { readonly contactId: string },
    reply: FastifyReply,
  ): Promise<ContactView> {
    const { accountId } = caller;
    const { contactId, defaultChannel } = change;
    await this.contacts.contact(accountId, contactId);
    const displayName = await this.sealer.change(contactId, change.displayName);
    const metadata = await this.sealer.field(contactId, change.metadata);
    const accepted = await this.gate.accept({
      ...this.factory.ofCaller(request, caller),
      accountId,
      type: 'UpdateContact',
      data: { contactId, ...presentFields({ displayName, metadata, defaultChannel }) },
    });
    sayReplayed(reply, accepted);
    return contactView(await this.contacts.changed(accountId, contactId, reply));
  }

  async delete(request: FastifyRequest, caller: AccountCaller, contactId: string): Promise<void> {
    const { accountId } = caller;
    await this.gate.accept({
      ...this.factory.ofCaller(request, caller),
      accountId,
      type: 'DeleteContact',
      data: { contactId },
    });
  }
}

/** From what was asked for: a repeat has the same body, and the answer of the first. */
function createdView(
  { data }: ContactCreated,
  body: CreateContactDto,
  createdAt: number,
): ContactView {
  const { displayName = null, metadata = {} } = body;
  const channels = data.channels.map((made, place) => {
    return newChannelRow(body.channels[place]!, made, createdAt);
  });
  const facts = { id: data.contactId, displayName, metadata, defaultChannel: null };
  return contactViewOf({ ...facts, createdAt, updatedAt: createdAt }, channels);
}
