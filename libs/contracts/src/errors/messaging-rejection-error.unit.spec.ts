import type { MessagingKind } from '@tollgate/domain';
import { errorCatalogue, type CatalogueEntry } from './catalogue';
import { errorOfMessagingRejection, errorOfPurchase } from './messaging-rejection-error';

type Rejection = MessagingKind['rejection'];
type Code = Rejection['code'];
type Rejected<C extends Code> = Extract<Rejection, { code: C }>;

/** One of every kind, and its answer: a rejection that is missing here does not compile. */
const answers: { readonly [C in Code]: readonly [Rejected<C>, number, string, string] } = {
  contact_not_found: [
    { code: 'contact_not_found', contactId: 'con_1' },
    404,
    'not_found',
    'Contact not found.',
  ],
  contact_channel_not_found: [
    { code: 'contact_channel_not_found', channelId: 'chn_1' },
    404,
    'not_found',
    'Contact channel not found.',
  ],
  identifier_taken: [
    { code: 'identifier_taken', channel: 'sms' },
    400,
    'bad_request',
    'This sms identifier is already associated with another contact',
  ],
  last_channel: [
    { code: 'last_channel' },
    400,
    'bad_request',
    'Cannot remove the last channel of a contact',
  ],
  merge_with_itself: [
    { code: 'merge_with_itself' },
    400,
    'bad_request',
    'Cannot merge a contact with itself',
  ],
  contact_changed: [
    { code: 'contact_changed', contactId: 'con_1' },
    503,
    'unavailable',
    'The contact was changed at the same time; nothing was done.',
  ],
  channel_not_available: [
    { code: 'channel_not_available', channel: 'email' },
    400,
    'bad_request',
    'This contact has no channel email',
  ],
  sender_not_found: [
    { code: 'sender_not_found', senderId: 'snd_1' },
    404,
    'not_found',
    'Sender not found.',
  ],
  number_not_found: [
    { code: 'number_not_found', numberId: 'pn_1' },
    404,
    'not_found',
    'Phone number not found.',
  ],
  number_owned: [
    { code: 'number_owned', chargeId: 'chg_1' },
    400,
    'bad_request',
    'This account owns the phone number already',
  ],
  number_released: [
    { code: 'number_released', chargeId: 'chg_1' },
    400,
    'bad_request',
    'The phone number was given back',
  ],
  number_not_owned: [
    { code: 'number_not_owned', phoneNumber: '+14155550100' },
    400,
    'bad_request',
    'This account does not own the phone number',
  ],
  number_assigned: [
    { code: 'number_assigned', numberId: 'pn_1' },
    400,
    'bad_request',
    'The phone number is assigned to a sender',
  ],
  sender_has_number: [
    { code: 'sender_has_number', senderId: 'snd_1' },
    400,
    'bad_request',
    'The sender has another phone number already',
  ],
  voice_needs_number: [
    { code: 'voice_needs_number' },
    400,
    'bad_request',
    'The voice channel needs a phone number',
  ],
  default_sender: [{ code: 'default_sender' }, 400, 'bad_request', 'Cannot delete default sender'],
  no_webhook: [{ code: 'no_webhook' }, 400, 'bad_request', 'This sender has no webhook'],
  signature_step: [
    { code: 'signature_step', from: 'v1', to: 'v2' },
    400,
    'bad_request',
    'Cannot go from signature version v1 to v2: set v1+v2 first',
  ],
  number_taken: [
    { code: 'number_taken', phoneNumber: '+14155550100' },
    400,
    'bad_request',
    'This phone number is not available',
  ],
  too_many: [
    { code: 'too_many', what: 'contacts', max: 9 },
    422,
    'limit_reached',
    'There can be at most 9 contacts.',
  ],
  idempotency_conflict: [
    { code: 'idempotency_conflict', commandId: '01CMD' },
    422,
    'idempotency_key_reused',
    'This idempotency key was used for a request with another body.',
  ],
  idempotency_window_full: [
    { code: 'idempotency_window_full' },
    503,
    'overloaded',
    'This account has as many recent commands as can be remembered.',
  ],
};

const cases = Object.values(answers);

describe('the answer to a refusal of messaging', () => {
  it.each(cases)('is catalogued: $code', (rejection, status, code, message) => {
    const error = errorOfMessagingRejection(rejection);
    expect(error.entry.status).toBe(status);
    expect(error.body).toMatchObject({ code, message });
  });

  it.each(cases)('has the details that the catalogue names: $code', (rejection) => {
    const { body } = errorOfMessagingRejection(rejection);
    const entry: CatalogueEntry = errorCatalogue[body.code];
    expect(Object.keys(body.details ?? {})).toEqual(entry.details ?? []);
  });

  it.each(cases)('says when to try again where that may help: $code', (rejection, status) => {
    const { headers } = errorOfMessagingRejection(rejection);
    expect('retry-after' in headers).toBe(status === 503);
  });
});

describe('the answer to an order for a number', () => {
  it('is about the number, or about the money', () => {
    const taken = errorOfPurchase({ code: 'number_taken', phoneNumber: '+14155550100' });
    expect(taken.body).toMatchObject({ code: 'bad_request' });
    const poor = errorOfPurchase({
      code: 'insufficient_balance',
      required: 1_250_000,
      available: 0,
    });
    expect(poor.body).toEqual({
      code: 'insufficient_balance',
      message: 'Insufficient balance. Required: $1.25. Please add funds to continue.',
      details: { required: 125, available: 0 },
    });
    const full = errorOfPurchase({ code: 'too_many', what: 'phone numbers', max: 1_000 });
    expect(full.body).toMatchObject({ code: 'limit_reached' });
  });
});
