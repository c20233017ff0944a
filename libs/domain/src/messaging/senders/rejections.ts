import type { IdempotencyConflict } from '../../kernel';

/** Why a command about senders and their numbers was refused. */
export type SenderRejection =
  | { readonly code: 'sender_not_found'; readonly senderId: string }
  | { readonly code: 'number_not_found'; readonly numberId: string }
  /** Another charge has bought it already. */
  | { readonly code: 'number_owned'; readonly chargeId: string }
  /** It was added for a charge, and given back since. */
  | { readonly code: 'number_released'; readonly chargeId: string }
  /** The phone number that a sender was to have is none of the account's. */
  | { readonly code: 'number_not_owned'; readonly phoneNumber: string }
  /** The number is another sender's, or the sender has another number. */
  | { readonly code: 'number_assigned'; readonly numberId: string }
  | { readonly code: 'sender_has_number'; readonly senderId: string }
  | { readonly code: 'voice_needs_number' }
  | { readonly code: 'default_sender' }
  | { readonly code: 'no_webhook' }
  /** From v1 straight to v2: receivers could check neither for a moment. */
  | { readonly code: 'signature_step'; readonly from: string; readonly to: string }
  | { readonly code: 'too_many'; readonly what: string; readonly max: number }
  | { readonly code: 'idempotency_window_full' }
  | IdempotencyConflict;
