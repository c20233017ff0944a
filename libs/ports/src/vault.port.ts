/** The keys that personal data is sealed under, one for each subject. They are in no log. */
export interface Vault {
  /**
   * The key of a subject, 32 bytes, made when there is none; it is on stable storage by then.
   * @throws VaultUnavailable
   */
  keyOf(subject: string): Promise<Uint8Array>;
  /** Undefined when there is none, or none any more. @throws VaultUnavailable */
  find(subject: string): Promise<Uint8Array | undefined>;
  /**
   * Destroys the key of a subject, if it was made at `madeUntil` or before (Unix ms): whatever was
   * sealed under it stays unreadable for ever. Safe to repeat, also after a new key was made.
   * @throws VaultUnavailable
   */
  destroy(subject: string, madeUntil: number): Promise<void>;
}

export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}
