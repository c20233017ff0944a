import { invalidRequest } from '@tollgate/contracts';
import type { NewContactChannel } from '@tollgate/domain';
import type { ContactChannelRow } from '@tollgate/projections';
import { identifierRule, isIdentifierOf } from '../../http/identifiers';
import type { NewChannelDto } from './contact.dto';
import type { ChannelToSeal } from './contact-sealer';

/** @throws ApiError invalid_request for an identifier that is none of its channel. */
export function checkIdentifier(
  { channel, identifier }: NewChannelDto,
  path: readonly (string | number)[] = [],
): void {
  if (isIdentifierOf(channel, identifier)) return;
  throw invalidRequest([{ path: [...path, 'identifier'], message: identifierRule(channel) }]);
}

export function channelToSeal(
  { isPrimary = false, ...asked }: NewChannelDto,
  channelId: string,
): ChannelToSeal {
  return { ...asked, channelId, isPrimary, verified: false };
}

/** A new channel as it will be shown: who asked for it knows what is sealed in the event. */
export function newChannelRow(
  asked: NewChannelDto,
  made: NewContactChannel,
  createdAt: number,
): ContactChannelRow {
  return {
    id: made.channelId,
    channel: made.channel,
    identifier: asked.identifier,
    countryCode: asked.countryCode ?? null,
    label: asked.label ?? null,
    metadata: null,
    verified: made.verified,
    isPrimary: made.isPrimary,
    createdAt,
  };
}
