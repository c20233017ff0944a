import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Received } from './webhook-receiver';

const AGE_SECONDS_MAX = 300;

/** What a careful receiver finds of a request: which signatures it has, and whether all hold. */
export interface Verified {
  readonly versions: readonly string[];
  readonly isRight: boolean;
}

/** As the mirrored API tells receivers to do it, with nothing of the system's own code. */
export function verify({ signature, body, at }: Received, secret: string): Verified {
  const parts = signature.split(',').map((part) => part.split('=') as [string, string]);
  const [[first, time] = ['', ''], ...signatures] = parts;
  const isRecent = first === 't' && Math.abs(at / 1_000 - Number(time)) <= AGE_SECONDS_MAX;
  const isSigned = signatures.every(([version, given]) => {
    return isSame(given, hmac(secret, version === 'v1' ? body : `${time}.${body}`));
  });
  const versions = signatures.map(([version]) => version);
  return { versions, isRight: isRecent && isSigned && versions.length > 0 };
}

function hmac(secret: string, signed: string): string {
  return createHmac('sha256', secret).update(signed).digest('hex');
}

function isSame(given: string, computed: string): boolean {
  return (
    given.length === computed.length && timingSafeEqual(Buffer.from(given), Buffer.from(computed))
  );
}
