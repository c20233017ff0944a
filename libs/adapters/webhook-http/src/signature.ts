import { createHmac } from 'node:crypto';
import type { WebhookCall } from '@tollgate/ports';

export const SIGNATURE_HEADER = 'x-zavu-signature';

type Signed = Pick<WebhookCall, 'body' | 'secret' | 'signatureVersion' | 'at'>;

/**
 * What a receiver checks: `t=<Unix seconds>[,v1=<hex>][,v2=<hex>]`. Version 1 signs the body alone,
 * version 2 the time as well, so that nobody can send an old one again.
 */
export function signatureOf({ body, secret, signatureVersion, at }: Signed): string {
  const time = Math.floor(at / 1_000);
  const hmac = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
  const versions = signatureVersion.split('+').map((version) => {
    return `${version}=${hmac(version === 'v1' ? body : `${time}.${body}`)}`;
  });
  return [`t=${time}`, ...versions].join(',');
}
