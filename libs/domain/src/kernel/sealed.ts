/**
 * Personal data, encrypted under the key of whom it is about. The domain never reads it: when the
 * key is destroyed, nobody can any more, and the log stays as it was written.
 */
export type Sealed = string;
