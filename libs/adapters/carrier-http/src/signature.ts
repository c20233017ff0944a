import { createHmac, timingSafeEqual } from 'node:crypto';

/** As it comes in requests; names of headers have no case. */
export const SIGNATURE_HEADER = 'x-tollgate-signature';
/** A signature that is older, or from further in the future, proves nothing. */
export const SIGNATURE_SECONDS_MAX = 300;

const HEADER_LENGTH_MAX = 1_000;
const TIME = /^[0-9]{1,12}$/;
const MAC = /^[0-9a-f]{64}$/;

/** The header that proves who wrote a body, and when: `t=<unix seconds>,v1=<hex>`. */
export function sign(rawBody: string | Uint8Array, secret: string, nowMs: number): string {
  const time = String(Math.floor(nowMs / 1_000));
  return `t=${time},v1=${macOf(time, rawBody, secret).toString('hex')}`;
}

/**
 * Whether a body came, just now, from who has the secret. During a change of the secret a header
 * may carry several signatures; one has to be right.
 * @param rawBody as it was received, byte for byte.
 */
export function verifyReport(
  rawBody: string | Uint8Array,
  signatureHeader: string | undefined,
  secret: string,
  nowMs: number,
): boolean {
  if (signatureHeader === undefined || signatureHeader.length > HEADER_LENGTH_MAX) return false;
  const parts = signatureHeader.split(',').map((part) => part.trim());
  const [time = '', ...otherTimes] = valuesOf('t=', parts);
  if (!TIME.test(time) || otherTimes.length > 0) return false;
  if (Math.abs(nowMs / 1_000 - Number(time)) > SIGNATURE_SECONDS_MAX) return false;
  const expected = macOf(time, rawBody, secret);
  return valuesOf('v1=', parts)
    .filter((mac) => MAC.test(mac))
    .some((mac) => timingSafeEqual(Buffer.from(mac, 'hex'), expected));
}

function valuesOf(name: string, parts: readonly string[]): readonly string[] {
  return parts.filter((part) => part.startsWith(name)).map((part) => part.slice(name.length));
}

function macOf(time: string, rawBody: string | Uint8Array, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest();
}
