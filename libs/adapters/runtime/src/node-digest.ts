import { createHash } from 'node:crypto';
import type { Digest } from '@tollgate/ports';

/** SHA-256 of Node's OpenSSL. */
export const nodeDigest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('base64url'),
};
