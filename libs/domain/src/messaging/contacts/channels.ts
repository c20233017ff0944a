import type { ContactChannelKind, NewContactChannel } from './events';
import type { ContactRejection } from './rejections';
import { ownerOf, type ContactsState } from './state';

/** A contact may have this many channels. */
export const CONTACT_CHANNELS_MAX = 20;

export function tooManyChannels(count: number): ContactRejection | undefined {
  if (count <= CONTACT_CHANNELS_MAX) return undefined;
  return { code: 'too_many', what: 'channels of a contact', max: CONTACT_CHANNELS_MAX };
}

/** The first of these whose identifier a contact has on that channel, or another one of these. */
export function takenOf(
  channels: readonly NewContactChannel[],
  state: ContactsState,
): NewContactChannel | undefined {
  const seen = new Set<string>();
  return channels.find((channel) => {
    const identifier = `${channel.channel}/${channel.fingerprint}`;
    if (seen.has(identifier)) return true;
    seen.add(identifier);
    return ownerOf(channel, state) !== undefined;
  });
}

export function haveSharedId(channels: readonly { readonly channelId: string }[]): boolean {
  return new Set(channels.map(({ channelId }) => channelId)).size < channels.length;
}

/** Makes one of each kind primary: the first that asks for it, or else the first. */
export function withPrimaries(channels: readonly NewContactChannel[]): NewContactChannel[] {
  const primaries = new Map<ContactChannelKind, NewContactChannel>();
  for (const channel of channels) {
    const primary = primaries.get(channel.channel);
    if (primary === undefined || (channel.isPrimary && !primary.isPrimary)) {
      primaries.set(channel.channel, channel);
    }
  }
  return channels.map((channel) => {
    return { ...channel, isPrimary: primaries.get(channel.channel) === channel };
  });
}
