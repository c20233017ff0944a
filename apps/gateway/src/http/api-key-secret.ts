import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ID_ALPHABET, type Environment } from '@tollgate/domain';

const RANDOM_DIGITS = 32;
const CHECK_DIGITS = 6;
const SHOWN_DIGITS = 6;
const SECRET = /^tg_(live|test)_(sub_)?[0-9a-hjkmnp-tv-z]{38}$/;

export interface KeyKind {
  readonly environment: Environment;
  readonly isMain: boolean;
}

/**
 * The secret of a key: 160 bits of HMAC-SHA-256 over the key's id.
 * Derived rather than drawn, so that the repeat of a lost answer can show the same secret although
 * no secret is ever stored.
 */
export function deriveSecret(keyId: string, kind: KeyKind, keySecret: string): string {
  const mac = createHmac('sha256', keySecret).update(`api-key:${keyId}`).digest();
  const body = `${prefixOf(kind)}${base32(mac).slice(0, RANDOM_DIGITS)}`;
  return body + checkDigits(body);
}

/** Tells a mistyped key from an unknown one without a look-up. */
export function isWellFormedSecret(text: string): boolean {
  return (
    SECRET.test(text) && checkDigits(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS)
  );
}

/** The part of a secret that listings may show. */
export function shownPrefix(secret: string, kind: KeyKind): string {
  return secret.slice(0, prefixOf(kind).length + SHOWN_DIGITS);
}

function prefixOf({ environment, isMain }: KeyKind): string {
  return `tg_${environment}_${isMain ? '' : 'sub_'}`;
}

function checkDigits(body: string): string {
  const sum = crc32(body);
  let digits = '';
  for (let shift = 0; shift < CHECK_DIGITS; shift += 1) {
    digits += ID_ALPHABET[(sum >>> (shift * 5)) & 31];
  }
  return digits.toLowerCase();
}

function base32(bytes: Buffer): string {
  let digits = '';
  for (const byte of bytes) digits += ID_ALPHABET[byte & 31];
  return digits.toLowerCase();
}
