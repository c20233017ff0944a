import { createHmac } from 'node:crypto';

/**
 * The secret that a sender's webhooks are signed with: `whsec_` and 256 bits of HMAC-SHA-256 in
 * base64url. Derived rather than drawn, so that it can be shown by one process and used by another
 * although it is stored nowhere.
 * @param keySecret the secret that API keys are derived from as well.
 * @param version counts the secrets that the sender has had.
 */
export function deriveWebhookSecret(keySecret: string, senderId: string, version: number): string {
  const mac = createHmac('sha256', keySecret).update(`webhook:${senderId}:${version}`);
  return `whsec_${mac.digest('base64url')}`;
}
