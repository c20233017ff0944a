import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { commandIdFrom } from '@tollgate/contracts';
import type { Sealed } from '@tollgate/domain';
import type { Sealing } from '@tollgate/ports';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals for real, with keys that are in memory. */
export class MemorySealing implements Sealing {
  private readonly keys = new Map<string, Buffer>();

  async seal(subject: string, value: unknown): Promise<Sealed> {
    const key = this.keys.get(subject) ?? randomBytes(32);
    this.keys.set(subject, key);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    const sealed = [cipher.update(JSON.stringify(value), 'utf8'), cipher.final()];
    const bytes = Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]);
    return `${subject}.${bytes.toString('base64url')}`;
  }

  async open(sealed: Sealed): Promise<unknown> {
    const [subject = '', text = ''] = sealed.split('.');
    const key = this.keys.get(subject);
    if (key === undefined) return undefined;
    const bytes = Buffer.from(text, 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return JSON.parse(Buffer.concat(opened).toString('utf8'));
  }

  async recipientOf(accountId: string, identifier: string): Promise<string> {
    const hash = createHash('sha256').update(`${accountId}\n${identifier}`);
    return `rcp_${commandIdFrom(hash.digest('base64url'))}`;
  }

  /** What was sealed under this subject can't be opened any more. */
  erase(subject: string): void {
    this.keys.delete(subject);
  }
}
