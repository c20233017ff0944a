import type { MessagingKind } from '@tollgate/domain';
import { count, id, words, type RejectionSchemas } from '../rejection-schemas';

/** What each refusal says besides its code. */
export const rejections: RejectionSchemas<MessagingKind['rejection']> = {
  contact_not_found: { contactId: id },
  contact_channel_not_found: { channelId: id },
  identifier_taken: { channel: words },
  last_channel: {},
  merge_with_itself: {},
  contact_changed: { contactId: id },
  channel_not_available: { channel: words },
  sender_not_found: { senderId: id },
  number_not_found: { numberId: id },
  number_owned: { chargeId: id },
  number_released: { chargeId: id },
  number_not_owned: { phoneNumber: words },
  number_assigned: { numberId: id },
  sender_has_number: { senderId: id },
  voice_needs_number: {},
  default_sender: {},
  no_webhook: {},
  signature_step: { from: words, to: words },
  number_taken: { phoneNumber: words },
  too_many: { what: words, max: count },
  idempotency_conflict: { commandId: id },
  idempotency_window_full: {},
};
