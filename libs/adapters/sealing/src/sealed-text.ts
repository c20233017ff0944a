import { createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto';
import type { Sealed } from '@tollgate/domain';
import { NONCE_BYTES, Nonces } from './nonces';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };
/** It is in no base64url text, so the last one ends the subject. */
const SEPARATOR = '.';

const nonces = new Nonces();

/**
 * `{subject}.{base64url of nonce, ciphertext and tag}`. The subject is authenticated as well, so
 * that nothing sealed for one passes for something about another.
 */
export function sealText(key: Uint8Array, subject: string, text: string): Sealed {
  const nonce = nonces.next();
  const cipher = createCipheriv(CIPHER, key, nonce, OPTIONS);
  cipher.setAAD(Buffer.from(subject));
  const ciphertext = [cipher.update(text, 'utf8'), cipher.final()];
  const bytes = Buffer.concat([nonce, ...ciphertext, cipher.getAuthTag()]);
  return `${subject}${SEPARATOR}${bytes.toString('base64url')}`;
}

/** Whom a sealed text is about; undefined when nobody sealed it. */
export function subjectOf(sealed: Sealed): string | undefined {
  const end = sealed.lastIndexOf(SEPARATOR);
  return end < 0 ? undefined : sealed.slice(0, end);
}

/** Undefined when it was sealed under another key, for another subject, or not at all. */
export function openText(key: Uint8Array, subject: string, sealed: Sealed): string | undefined {
  const bytes = Buffer.from(sealed.slice(subject.length + SEPARATOR.length), 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), OPTIONS);
  decipher.setAAD(Buffer.from(subject));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return isGenuine(decipher) ? opened.toString('utf8') : undefined;
}

/** GCM has nothing left to give at the end but its verdict. */
function isGenuine(decipher: DecipherGCM): boolean {
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  }
}
