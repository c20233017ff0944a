import type { Sealed } from '@tollgate/domain';

/** Seals personal data, so that destroying one key makes all of a person's data unreadable. */
export interface Sealing {
  /**
   * Encrypts a value for JSON under the key of a subject, which is made when there is none. The
   * text names its subject. @throws VaultUnavailable
   */
  seal(subject: string, value: unknown): Promise<Sealed>;
  /** Undefined when the key was destroyed since. @throws VaultUnavailable */
  open(sealed: Sealed): Promise<unknown>;
  /**
   * The keyed hash of whoever has an identifier (a phone number, an e-mail address, a chat id) in
   * one account, `rcp_` and 26 characters: also the subject of what is sent to them.
   * @throws VaultUnavailable
   */
  recipientOf(accountId: string, identifier: string): Promise<string>;
}
