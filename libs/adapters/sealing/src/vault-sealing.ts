import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { commandIdFrom } from '@tollgate/contracts';
import type { Sealed } from '@tollgate/domain';
import type { Sealing, Vault } from '@tollgate/ports';
import { CachedVault, type CachedVaultOptions } from './cached-vault';
import { normalIdentifier } from './identifier';
import { openText, sealText, subjectOf } from './sealed-text';

/** The subject whose key makes hashes of identifiers; it is never destroyed. */
const PEPPER = 'pepper';

/** Seals under AES-256-GCM with the keys of a vault. */
export class VaultSealing implements Sealing {
  /** The vault as it is used here: a key destroyed through it is forgotten at once. */
  readonly vault: CachedVault;
  private pepper: KeyObject | undefined;

  constructor(vault: Vault, options: CachedVaultOptions = {}) {
    this.vault = new CachedVault(vault, options);
  }

  /** @throws RangeError when JSON has no text for the value. */
  async seal(subject: string, value: unknown): Promise<Sealed> {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new RangeError(`nothing to seal: ${typeof value}`);
    return sealText(await this.vault.keyOf(subject), subject, text);
  }

  /** Undefined as well for a text that nobody sealed. */
  async open(sealed: Sealed): Promise<unknown> {
    const subject = subjectOf(sealed);
    if (subject === undefined) return undefined;
    const key = await this.vault.find(subject);
    const text = key && openText(key, subject, sealed);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  async recipientOf(accountId: string, identifier: string): Promise<string> {
    this.pepper ??= createSecretKey(await this.vault.keyOf(PEPPER));
    const hmac = createHmac('sha256', this.pepper);
    hmac.update(`${accountId}\0${normalIdentifier(identifier)}`);
    return `rcp_${commandIdFrom(hmac.digest('base64url'))}`;
  }

  /** The key of a subject was destroyed elsewhere, or may have been. */
  forget(subject: string): void {
    this.vault.forget(subject);
  }
}
