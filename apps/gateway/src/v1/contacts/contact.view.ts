import type { ContactChannelKind } from '@tollgate/domain';
import { channelsOf, type ContactChannelRow, type ContactRow } from '@tollgate/projections';
import { present } from '../../http/present';

export interface ContactChannelView {
  readonly id: string;
  readonly channel: ContactChannelKind;
  readonly identifier: string;
  /** Whether it is the contact's first choice among the channels of its kind. */
  readonly isPrimary: boolean;
  readonly verified: boolean;
  readonly countryCode?: string;
  readonly label?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

export interface ContactView {
  readonly id: string;
  readonly displayName?: string;
  /** Of WhatsApp, which tells no profiles to Tollgate. */
  readonly profileName: null;
  /** The kinds of channels that it has. */
  readonly availableChannels: readonly string[];
  readonly channels: readonly ContactChannelView[];
  readonly defaultChannel?: ContactChannelKind;
  readonly primaryPhone?: string;
  /** The primary phone again, under its older name. */
  readonly phoneNumber?: string;
  readonly primaryEmail?: string;
  /** Of the primary phone. */
  readonly countryCode?: string;
  /** Whether one of its channels was verified. */
  readonly verified: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a contact is apart from its channels. Times are Unix ms. */
export interface ContactFacts {
  readonly id: string;
  readonly displayName: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly defaultChannel: ContactChannelKind | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The kinds that reach a phone, the first choice first. */
const PHONE_KINDS: readonly ContactChannelKind[] = ['sms', 'whatsapp', 'voice'];

export function contactView(row: ContactRow): ContactView {
  return contactViewOf(row, channelsOf(row));
}

export function contactViewOf(
  facts: ContactFacts,
  channels: readonly ContactChannelRow[],
): ContactView {
  const phone = primaryPhone(channels);
  const email = channels.find(({ channel, isPrimary }) => channel === 'email' && isPrimary);
  const { displayName, defaultChannel } = facts;
  return {
    id: facts.id,
    ...present({ displayName, defaultChannel }),
    profileName: null,
    availableChannels: [...new Set(channels.map(({ channel }) => channel))],
    channels: channels.map(channelView),
    ...present({
      primaryPhone: phone?.identifier,
      phoneNumber: phone?.identifier,
      primaryEmail: email?.identifier,
      countryCode: phone?.countryCode,
    }),
    verified: channels.some(({ verified }) => verified),
    metadata: facts.metadata,
    createdAt: new Date(facts.createdAt).toISOString(),
    updatedAt: new Date(facts.updatedAt).toISOString(),
  };
}

/** The first choice among the channels that reach a phone. */
export function primaryPhone(
  channels: readonly ContactChannelRow[],
): ContactChannelRow | undefined {
  const isPhone = (kind: ContactChannelKind, channel: ContactChannelRow): boolean =>
    channel.channel === kind && channel.isPrimary && channel.identifier.startsWith('+');
  return PHONE_KINDS.flatMap((kind) => channels.filter((each) => isPhone(kind, each)))[0];
}

export function channelView(channel: ContactChannelRow): ContactChannelView {
  const { id, identifier, isPrimary, verified, countryCode, label, metadata } = channel;
  return {
    id,
    channel: channel.channel,
    identifier,
    isPrimary,
    verified,
    ...present({ countryCode, label, metadata }),
    createdAt: new Date(channel.createdAt).toISOString(),
  };
}
