/** Where a writer believes that a stream ends: a revision, or one of these. */
export const NO_STREAM_YET = -1;
export const ANY_REVISION = -2;
export const STREAM_EXISTS = -4;
