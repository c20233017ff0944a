import type { ContactRejection, NumberRejection, SenderRejection } from '@tollgate/domain';
import { ApiError } from './api-error';

type Rejection = ContactRejection | SenderRejection | NumberRejection;
type Known<Code extends Rejection['code']> = Extract<Rejection, { code: Code }>;
type OfEveryKind = Known<'too_many' | 'idempotency_window_full' | 'idempotency_conflict'>;

/** The answer to a refused command about contacts, senders or phone numbers. */
export function errorOfMessagingRejection(rejection: Rejection): ApiError {
  switch (rejection.code) {
    case 'too_many':
    case 'idempotency_window_full':
    case 'idempotency_conflict':
      return errorOfAny(rejection);
    case 'sender_not_found':
    case 'number_not_found':
    case 'number_not_owned':
    case 'number_assigned':
    case 'sender_has_number':
    case 'voice_needs_number':
    case 'default_sender':
    case 'no_webhook':
    case 'signature_step':
    case 'number_taken':
      return errorOfSender(rejection);
    default:
      return errorOfContact(rejection);
  }
}

function errorOfAny(rejection: OfEveryKind): ApiError {
  switch (rejection.code) {
    case 'too_many': {
      const { what, max } = rejection;
      return new ApiError('limit_reached', `There can be at most ${max} ${what}.`, { what, max });
    }
    case 'idempotency_conflict':
      return new ApiError(
        'idempotency_key_reused',
        'This idempotency key was used for a request with another body.',
      );
    case 'idempotency_window_full':
      return new ApiError(
        'overloaded',
        'This account has as many recent commands as can be remembered.',
        undefined,
        { 'retry-after': '60' },
      );
  }
}

function errorOfContact(rejection: Exclude<ContactRejection, OfEveryKind>): ApiError {
  switch (rejection.code) {
    case 'contact_not_found':
      return new ApiError('not_found', 'Contact not found.');
    case 'contact_channel_not_found':
      return new ApiError('not_found', 'Contact channel not found.');
    case 'identifier_taken':
      return badRequest(
        `This ${rejection.channel} identifier is already associated with another contact`,
      );
    case 'last_channel':
      return badRequest('Cannot remove the last channel of a contact');
    case 'merge_with_itself':
      return badRequest('Cannot merge a contact with itself');
    case 'channel_not_available':
      return badRequest(`This contact has no channel ${rejection.channel}`);
    case 'contact_changed':
      return new ApiError(
        'unavailable',
        'The contact was changed at the same time; nothing was done.',
        undefined,
        { 'retry-after': '1' },
      );
  }
}

type OfSender = Exclude<SenderRejection | NumberRejection, OfEveryKind>;

function errorOfSender(rejection: OfSender): ApiError {
  switch (rejection.code) {
    case 'sender_not_found':
      return new ApiError('not_found', 'Sender not found.');
    case 'number_not_found':
      return new ApiError('not_found', 'Phone number not found.');
    case 'number_not_owned':
      return badRequest('This account does not own the phone number');
    case 'number_assigned':
      return badRequest('The phone number is assigned to a sender');
    case 'sender_has_number':
      return badRequest('The sender has another phone number already');
    case 'voice_needs_number':
      return badRequest('The voice channel needs a phone number');
    case 'default_sender':
      return badRequest('Cannot delete default sender');
    case 'no_webhook':
      return badRequest('This sender has no webhook');
    case 'signature_step':
      return badRequest(
        `Cannot go from signature version ${rejection.from} to ${rejection.to}: set v1+v2 first`,
      );
    case 'number_taken':
      return badRequest('This phone number is not available');
  }
}

/** Well formed, and yet not to be done. */
export function badRequest(message: string): ApiError {
  return new ApiError('bad_request', message);
}
