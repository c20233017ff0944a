import { commandIdOf, decodeEvent, idInStream } from '@tollgate/contracts';
import {
  contactChannelIdOf,
  contactIdOf,
  type ContactChannelKind,
  type JsonObject,
  type MessageItem,
  type MessagingKind,
  type RecordRecipient,
} from '@tollgate/domain';
import type { CommandLog, Digest, ReadModelReader, RecordedEvent, Sealing } from '@tollgate/ports';
import {
  TERM_END,
  channelsOf,
  contactsByAddressIndex,
  type ContactRow,
} from '@tollgate/projections';
import { LRUCache } from 'lru-cache';

export interface RecipientRecorderPorts {
  readonly messaging: CommandLog<MessagingKind>;
  readonly readModels: Pick<ReadModelReader, 'list'>;
  readonly sealing: Sealing;
  readonly digest: Digest;
}

/** It is not known whether the recipient was recorded: it is tried again. */
export class RecipientNotRecorded extends Error {
  override readonly name = 'RecipientNotRecorded';
}

interface Recipient {
  readonly accountId: string;
  readonly messageId: string;
  readonly channel: ContactChannelKind;
  readonly to: string;
  /** Keyed hash. */
  readonly fingerprint: string;
}

const KNOWN_MAX = 100_000;
const CANDIDATES_MAX = 20;

/** Makes contacts of those whom messages were sent to. */
export class RecipientRecorder {
  /** Recipients that are contacts, by account, so that a deletion can make it look again. */
  private readonly known = new LRUCache<string, true>({ max: KNOWN_MAX });

  constructor(private readonly ports: RecipientRecorderPorts) {}

  /** @throws RecipientNotRecorded and what its ports throw. */
  async record(recorded: RecordedEvent): Promise<void> {
    const { event, metadata } = decodeEvent(recorded);
    if (event.type !== 'AccountCharged' || event.data.item.type !== 'message') return;
    const recipient = await this.recipientOf(event.data.accountId, event.data.item);
    if (recipient === undefined || (await this.isKnown(recipient))) return;
    const teamId = idInStream(recorded.stream);
    const command = await this.command(recipient, { teamId, at: metadata.at });
    const [outcome] = await this.ports.messaging.submit(recipient.accountId, [command]);
    // A contact that was there already leaves a key that seals nothing. It must stay: after a lost
    // checkpoint it may be the key of the very contact that this message made.
    if (outcome?.status !== 'accepted' && outcome?.status !== 'refused') {
      throw new RecipientNotRecorded(`recording a recipient: ${outcome?.status}`);
    }
    this.known.set(nameOf(recipient), true);
  }

  /** Contacts of the account were deleted: whom it knew may be unknown now. */
  forget(accountId: string): void {
    for (const name of this.known.keys()) if (name.startsWith(accountId)) this.known.delete(name);
  }

  /** Undefined for whoever was forgotten since, and for those on channels that contacts lack. */
  private async recipientOf(accountId: string, item: MessageItem): Promise<Recipient | undefined> {
    const { sealing } = this.ports;
    const to = item.to ?? (await this.opened(item));
    if (to === undefined) return undefined;
    const fingerprint = item.recipient ?? (await sealing.recipientOf(accountId, to));
    const channel = item.channel === 'sms_oneway' ? 'sms' : (item.channel as ContactChannelKind);
    return { accountId, messageId: item.id, channel, to, fingerprint };
  }

  private async opened({ sealed }: MessageItem): Promise<string | undefined> {
    if (sealed === undefined) return undefined;
    const opened = (await this.ports.sealing.open(sealed)) as JsonObject | undefined;
    return opened?.['to'] as string | undefined;
  }

  /** What the read models do not show yet, the writer knows. */
  private async isKnown(recipient: Recipient): Promise<boolean> {
    const { accountId, channel, to, fingerprint } = recipient;
    if (this.known.has(nameOf(recipient))) return true;
    const { items } = await this.ports.readModels.list(contactsByAddressIndex(accountId), {
      prefix: fingerprint + TERM_END,
      limit: CANDIDATES_MAX,
    });
    return items.some(({ row }) =>
      channelsOf(row as ContactRow).some(
        (known) => known.channel === channel && known.identifier === to,
      ),
    );
  }

  /** The ids belong to the message: however often this is done, it is one contact. */
  private async command(
    { accountId, messageId, channel, to, fingerprint }: Recipient,
    { teamId, at }: { readonly teamId: string; readonly at: number },
  ): Promise<RecordRecipient> {
    const idOf = (step: string): string =>
      commandIdOf(`${step}:${messageId}`, (text) => this.ports.digest.sha256(text));
    const contactId = contactIdOf(idOf('recipient-contact'));
    const address = await this.ports.sealing.seal(contactId, { identifier: to });
    const data = {
      contactId,
      channel: {
        channelId: contactChannelIdOf(idOf('recipient-channel')),
        channel,
        fingerprint,
        isPrimary: true,
        verified: false,
        address,
      },
    };
    return { id: idOf('recipient'), teamId, accountId, at, type: 'RecordRecipient', data };
  }
}

function nameOf({ accountId, channel, fingerprint }: Recipient): string {
  return `${accountId}/${channel}/${fingerprint}`;
}
