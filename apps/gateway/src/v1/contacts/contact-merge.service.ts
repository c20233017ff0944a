import { Injectable } from '@nestjs/common';
import type { MergeContacts, MessagingKind } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import { channelsOf } from '@tollgate/projections';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { MessagingGate } from '../../commands/messaging-gate';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import { ContactReader } from './contact-reader';
import { ContactSealer } from './contact-sealer';
import { contactView, type ContactView } from './contact.view';

const TRIES_MAX = 3;

export interface Merge {
  readonly contactId: string;
  readonly sourceContactId: string;
}

/** Merges contacts: what is sealed for the one is sealed anew for the other. */
@Injectable()
export class ContactMergeService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: MessagingGate,
    private readonly contacts: ContactReader,
    private readonly sealer: ContactSealer,
  ) {}

  async merge(
    request: FastifyRequest,
    caller: AccountCaller,
    { contactId, sourceContactId }: Merge,
    reply: FastifyReply,
  ): Promise<ContactView> {
    const { accountId } = caller;
    await this.contacts.contact(accountId, contactId);
    const metadata = this.factory.ofCaller(request, caller);
    const merge = { contactId, sourceContactId };
    for (let tries = 1; ; tries += 1) {
      const channels = await this.channelsFor(accountId, merge);
      const data = { ...merge, channels };
      const command: MergeContacts = { ...metadata, accountId, type: 'MergeContacts', data };
      const [outcome] = await this.gate.submit(accountId, [command]);
      if (hasChanged(outcome!) && tries < TRIES_MAX) continue;
      sayReplayed(reply, this.gate.acceptedOrThrow(outcome!));
      return contactView(await this.contacts.changed(accountId, contactId, reply));
    }
  }

  /** None for a source that is not there: only the writer knows whether it was merged before. */
  private async channelsFor(
    accountId: string,
    { contactId, sourceContactId }: Merge,
  ): Promise<MergeContacts['data']['channels']> {
    const source = await this.contacts.find(accountId, sourceContactId);
    if (source === undefined || contactId === sourceContactId) return [];
    const channels = channelsOf(source).map(({ id: channelId, ...channel }) => {
      return { ...channel, channelId };
    });
    return this.sealer.channels(accountId, contactId, channels);
  }
}

/** The source is another now: the next read waits for what the writer has. */
function hasChanged(outcome: Outcome<MessagingKind>): boolean {
  return outcome.status === 'refused' && outcome.rejection.code === 'contact_changed';
}
