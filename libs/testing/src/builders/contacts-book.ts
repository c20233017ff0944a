import type {
  ContactChannelKind,
  ContactCommand,
  CreateContact,
  MergeContacts,
  NewContactChannel,
  RemoveContactChannel,
  UpdateContact,
} from '@tollgate/domain';

export interface BookedChannel {
  contactId: string;
  readonly channelId: string;
  readonly channel: ContactChannelKind;
  readonly fingerprint: string;
  isPrimary: boolean;
}

/** What becomes of a command: the code of a refusal, or how much it changes. */
export type Expectation = 'changed' | 'unchanged' | (string & {});

/**
 * An account's contacts kept a second time, without the domain's code and as simply as can be: one
 * table of all channels, in the order of their age, that is searched from end to end.
 */
export class ContactsBook {
  channels: BookedChannel[] = [];
  readonly defaults = new Map<string, ContactChannelKind | null>();
  private readonly merges: { readonly source: string; readonly target: string }[] = [];

  channelsOf(contactId: string): readonly BookedChannel[] {
    return this.channels.filter((channel) => channel.contactId === contactId);
  }

  /** Every key that a contact's data is sealed under, in any order. */
  subjectsOf(contactId: string): Set<string> {
    const subjects = [contactId, ...this.channelsOf(contactId).map((known) => known.fingerprint)];
    const sources = this.merges.filter(({ target }) => target === contactId);
    return new Set([...subjects, ...sources.flatMap(({ source }) => [...this.subjectsOf(source)])]);
  }

  /** Says what must become of a command that is new, and books it. */
  send(command: ContactCommand): Expectation {
    switch (command.type) {
      case 'CreateContact':
        return this.create(command);
      case 'RecordRecipient': {
        const { contactId, channel } = command.data;
        if (this.isTaken(channel)) return 'unchanged';
        return this.open(contactId, [{ ...channel, isPrimary: true }]);
      }
      case 'UpdateContact':
        return this.update(command);
      case 'AddContactChannel':
        return this.add(command.data.contactId, command.data.channel);
      case 'MergeContacts':
        return this.merge(command);
      case 'DeleteContact':
        return this.isThere(command.data.contactId)
          ? this.close(command.data.contactId)
          : 'contact_not_found';
      default:
        return this.sendToChannel(command);
    }
  }

  private sendToChannel(
    command: Extract<ContactCommand, { readonly data: { readonly channelId: string } }>,
  ): Expectation {
    const { contactId, channelId } = command.data;
    if (!this.isThere(contactId)) return 'contact_not_found';
    const channel = this.channelsOf(contactId).find((known) => known.channelId === channelId);
    if (channel === undefined) return 'contact_channel_not_found';
    switch (command.type) {
      case 'UpdateContactChannel':
        return Object.keys(command.data).length > 2 ? 'changed' : 'unchanged';
      case 'SetPrimaryChannel':
        return channel.isPrimary ? 'unchanged' : this.prefer(channel);
      case 'RemoveContactChannel':
        return this.remove(command, channel);
    }
  }

  private create({ data: { contactId, channels } }: CreateContact): Expectation {
    const names = channels.map(nameOf);
    if (channels.some((channel) => this.isTaken(channel))) return 'identifier_taken';
    if (names.some((name, place) => names.indexOf(name) !== place)) return 'identifier_taken';
    return this.open(contactId, channels);
  }

  private open(contactId: string, channels: readonly NewContactChannel[]): Expectation {
    this.defaults.set(contactId, null);
    for (const channel of channels) this.enter(contactId, { ...channel, isPrimary: false });
    for (const { channel } of channels) {
      const alike = channels.filter((other) => other.channel === channel);
      const chosen = alike.find(({ isPrimary }) => isPrimary) ?? alike[0]!;
      this.prefer(this.channelsOf(contactId).find((known) => nameOf(known) === nameOf(chosen))!);
    }
    return 'changed';
  }

  private update({ data }: UpdateContact): Expectation {
    const { contactId, defaultChannel } = data;
    if (!this.isThere(contactId)) return 'contact_not_found';
    if (typeof defaultChannel === 'string' && this.alike(contactId, defaultChannel).length === 0) {
      return 'channel_not_available';
    }
    const isNew = defaultChannel !== undefined && defaultChannel !== this.defaults.get(contactId);
    if (isNew) this.defaults.set(contactId, defaultChannel);
    return isNew || data.displayName !== undefined ? 'changed' : 'unchanged';
  }

  private add(contactId: string, channel: NewContactChannel): Expectation {
    if (!this.isThere(contactId)) return 'contact_not_found';
    if (this.isTaken(channel)) return 'identifier_taken';
    if (this.channelsOf(contactId).length === 20) return 'too_many';
    const isFirst = this.alike(contactId, channel.channel).length === 0;
    const added = this.enter(contactId, { ...channel, isPrimary: false });
    return isFirst || channel.isPrimary ? this.prefer(added) : 'changed';
  }

  private remove(
    { data: { contactId } }: RemoveContactChannel,
    removed: BookedChannel,
  ): Expectation {
    if (this.channelsOf(contactId).length === 1) return 'last_channel';
    this.channels = this.channels.filter((channel) => channel !== removed);
    const [oldest] = this.alike(contactId, removed.channel);
    if (oldest !== undefined && removed.isPrimary) this.prefer(oldest);
    if (oldest === undefined && this.defaults.get(contactId) === removed.channel) {
      this.defaults.set(contactId, null);
    }
    return 'changed';
  }

  private merge({ data: { contactId, sourceContactId, channels } }: MergeContacts): Expectation {
    if (!this.isThere(contactId)) return 'contact_not_found';
    if (contactId === sourceContactId) return 'merge_with_itself';
    if (!this.isThere(sourceContactId)) return 'contact_not_found';
    const moved = this.channelsOf(sourceContactId);
    const told = channels.map((channel) => `${channel.channelId} ${nameOf(channel)}`).sort();
    const known = moved.map((channel) => `${channel.channelId} ${nameOf(channel)}`).sort();
    if (told.join() !== known.join()) return 'contact_changed';
    if (this.channelsOf(contactId).length + moved.length > 20) return 'too_many';
    const kinds = this.channelsOf(contactId).map(({ channel }) => channel);
    this.close(sourceContactId);
    this.merges.push({ source: sourceContactId, target: contactId });
    for (const channel of moved) {
      const isPrimary = channel.isPrimary && !kinds.includes(channel.channel);
      this.enter(contactId, { ...channel, isPrimary });
    }
    return 'changed';
  }

  private close(contactId: string): Expectation {
    this.defaults.delete(contactId);
    this.channels = this.channels.filter((channel) => channel.contactId !== contactId);
    return 'changed';
  }

  private prefer(chosen: BookedChannel): Expectation {
    for (const channel of this.alike(chosen.contactId, chosen.channel)) {
      channel.isPrimary = channel === chosen;
    }
    return 'changed';
  }

  private enter(contactId: string, channel: Omit<BookedChannel, 'contactId'>): BookedChannel {
    const { channelId, channel: kind, fingerprint, isPrimary } = channel;
    const entered = { contactId, channelId, channel: kind, fingerprint, isPrimary };
    this.channels.push(entered);
    return entered;
  }

  private alike(contactId: string, kind: ContactChannelKind): readonly BookedChannel[] {
    return this.channelsOf(contactId).filter(({ channel }) => channel === kind);
  }

  private isThere(contactId: string): boolean {
    return this.defaults.has(contactId);
  }

  private isTaken(channel: NewContactChannel): boolean {
    return this.channels.some((known) => nameOf(known) === nameOf(channel));
  }
}

function nameOf({
  channel,
  fingerprint,
}: Pick<NewContactChannel, 'channel' | 'fingerprint'>): string {
  return `${channel} ${fingerprint}`;
}
