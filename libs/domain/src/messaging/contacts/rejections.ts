import type { IdempotencyConflict } from '../../kernel';
import type { ContactChannelKind } from './events';

/** Why a command about contacts was refused. */
export type ContactRejection =
  | { readonly code: 'contact_not_found'; readonly contactId: string }
  | { readonly code: 'contact_channel_not_found'; readonly channelId: string }
  /** Another contact of the account, or the same one, has this identifier on this channel. */
  | { readonly code: 'identifier_taken'; readonly channel: ContactChannelKind }
  | { readonly code: 'last_channel' }
  | { readonly code: 'merge_with_itself' }
  /** The channels that a merge brings are not those of its source any more: read them again. */
  | { readonly code: 'contact_changed'; readonly contactId: string }
  | { readonly code: 'channel_not_available'; readonly channel: ContactChannelKind }
  | { readonly code: 'too_many'; readonly what: string; readonly max: number }
  | { readonly code: 'idempotency_window_full' }
  | IdempotencyConflict;
