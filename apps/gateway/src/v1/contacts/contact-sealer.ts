import type { Sealed, NewContactChannel } from '@tollgate/domain';
import type { Sealing } from '@tollgate/ports';
import type { ContactChannelRow } from '@tollgate/projections';
import { present } from '../../http/present';

/** A channel as it is asked for, or as another contact had it. */
export interface ChannelToSeal extends Pick<
  ContactChannelRow,
  'channel' | 'identifier' | 'isPrimary' | 'verified'
> {
  readonly channelId: string;
  readonly countryCode?: string | null;
  readonly label?: string | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
}

/** Seals what is personal of a contact under the contact's own key. */
export class ContactSealer {
  constructor(private readonly sealing: Sealing) {}

  async channel(
    accountId: string,
    contactId: string,
    given: ChannelToSeal,
  ): Promise<NewContactChannel> {
    const { channelId, channel, identifier, isPrimary, verified, countryCode } = given;
    const [fingerprint, address, label, metadata] = await Promise.all([
      this.sealing.recipientOf(accountId, identifier),
      this.sealing.seal(contactId, { identifier, ...present({ countryCode }) }),
      this.field(contactId, given.label ?? undefined),
      this.field(contactId, given.metadata ?? undefined),
    ]);
    const sealed = present({ label, metadata });
    return { channelId, channel, fingerprint, isPrimary, verified, address, ...sealed };
  }

  channels(
    accountId: string,
    contactId: string,
    given: readonly ChannelToSeal[],
  ): Promise<NewContactChannel[]> {
    return Promise.all(given.map((channel) => this.channel(accountId, contactId, channel)));
  }

  /** A field that is there or not. */
  async field(contactId: string, value: object | string | undefined): Promise<Sealed | undefined> {
    return value === undefined ? undefined : this.sealing.seal(contactId, value);
  }

  /** A field that null clears, and that stays what it is when nothing is said of it. */
  async change(
    contactId: string,
    value: object | string | null | undefined,
  ): Promise<Sealed | null | undefined> {
    return value === null ? null : this.field(contactId, value);
  }
}
