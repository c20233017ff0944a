import type {
  ContactRejection,
  NumberRejection,
  SenderRejection,
  TeamRejection,
} from '@tollgate/domain';
import { ApiError } from './api-error';
import { errorOfRejection } from './rejection-error';

type Rejection = ContactRejection | SenderRejection | NumberRejection;
type Known<Code extends Rejection['code']> = Extract<Rejection, { code: Code }>;
type OfEveryKind = Known<'too_many' | 'idempotency_window_full' | 'idempotency_conflict'>;
type OfContact = Exclude<ContactRejection, OfEveryKind>;
type OfSender = Exclude<SenderRejection | NumberRejection, OfEveryKind>;

const ofSenders: Readonly<Record<OfSender['code'], true>> = {
  sender_not_found: true,
  number_not_found: true,
  number_owned: true,
  number_released: true,
  number_not_owned: true,
  number_assigned: true,
  sender_has_number: true,
  voice_needs_number: true,
  default_sender: true,
  no_webhook: true,
  signature_step: true,
  number_taken: true,
};

/** The answer to a refused command about contacts, senders or phone numbers. */
export function errorOfMessagingRejection(rejection: Rejection): ApiError {
  if (isOfSender(rejection)) return errorOfSender(rejection);
  switch (rejection.code) {
    case 'too_many':
    case 'idempotency_window_full':
    case 'idempotency_conflict':
      return errorOfAny(rejection);
    default:
      return errorOfContact(rejection);
  }
}

/** The answer to an order for a number, which the team's money may refuse as well. */
export function errorOfPurchase(
  rejection: TeamRejection | NumberRejection | SenderRejection,
): ApiError {
  return isOfSender(rejection) ? errorOfSender(rejection) : errorOfRejection(rejection);
}

function isOfSender(rejection: { readonly code: string }): rejection is OfSender {
  return Object.hasOwn(ofSenders, rejection.code);
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

function errorOfContact(rejection: OfContact): ApiError {
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

function errorOfSender(rejection: OfSender): ApiError {
  switch (rejection.code) {
    case 'sender_not_found':
      return new ApiError('not_found', 'Sender not found.');
    case 'number_not_found':
      return new ApiError('not_found', 'Phone number not found.');
    case 'number_owned':
      return badRequest('This account owns the phone number already');
    case 'number_released':
      return badRequest('The phone number was given back');
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
