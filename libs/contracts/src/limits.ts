/* How much of a text is taken, in characters: by HTTP requests and by commands alike. */

export const NAME_MAX = 200;
/** References of others: external ids, invoices, what a charge is for. */
export const REFERENCE_MAX = 255;
export const REASON_MAX = 500;
export const DESCRIPTION_MAX = 500;
export const RECIPIENT_MAX = 320;
export const PERMISSIONS_MAX = 50;
export const PERMISSION_MAX = 100;
