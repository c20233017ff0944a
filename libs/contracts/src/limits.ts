import { CONTACT_CHANNELS_MAX } from '@tollgate/domain';

/* How much of a text is taken, in characters: by HTTP requests and by commands alike. */

export const NAME_MAX = 200;
/** References of others: external ids, invoices, what a charge is for. */
export const REFERENCE_MAX = 255;
export const REASON_MAX = 500;
export const DESCRIPTION_MAX = 500;
export const RECIPIENT_MAX = 320;
export const PERMISSIONS_MAX = 50;
export const PERMISSION_MAX = 100;

/* Of contacts, senders and phone numbers. */

/** Channels that a contact is created with, and those that a merge brings. */
export const NEW_CHANNELS_MAX = CONTACT_CHANNELS_MAX;
export const LABEL_MAX = 50;
export const FROM_NAME_MAX = 100;
export const NUMBER_NAME_MAX = 100;
export const URL_MAX = 2_048;
export const WEBHOOK_EVENTS_MAX = 50;
export const WEBHOOK_EVENT_MAX = 64;
/** Bytes of JSON. */
export const METADATA_BYTES_MAX = 16_384;
/* As they are when sealed: a third more than their bytes, and some for the subject's name. */
/** `{to, content}` of a message: as much as a request of one mebibyte can hold. */
export const SEALED_MESSAGE_MAX = 1_500_000;
/** One field of a contact. */
export const SEALED_FIELD_MAX = 30_000;
