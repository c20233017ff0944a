import type { Environment } from './environment';

/** How messages and webhooks leave the system; the same variables in both modes. */
export interface MessagingSettings {
  /** Where messages are posted to; undefined for the sandbox carrier. */
  readonly carrier: { readonly url: string; readonly secret: string } | undefined;
  /** Whether webhooks may go to private and loopback addresses, and over plain HTTP. */
  readonly allowsPrivateWebhooks: boolean;
}

const SECRET_MIN = 16;

export function messagingSettings(from: Environment): MessagingSettings {
  return { carrier: carrierOf(from), allowsPrivateWebhooks: isOn(from, PRIVATE_WEBHOOKS) };
}

const CARRIER_URL = 'TOLLGATE_CARRIER_URL';
const CARRIER_SECRET = 'TOLLGATE_CARRIER_SECRET';
const PRIVATE_WEBHOOKS = 'TOLLGATE_WEBHOOKS_ALLOW_PRIVATE';

function carrierOf(from: Environment): MessagingSettings['carrier'] {
  const url = from.optional(CARRIER_URL);
  const secret = from.optional(CARRIER_SECRET) ?? '';
  if (url === undefined) return undefined;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    from.fault(CARRIER_URL, 'must be a URL that begins with https:// or http://');
  }
  if (secret.length < SECRET_MIN) {
    from.fault(CARRIER_SECRET, `must have at least ${SECRET_MIN} characters`);
  }
  return { url, secret };
}

function isOn(from: Environment, name: string): boolean {
  const text = from.text(name, 'false');
  if (text !== 'true' && text !== 'false') from.fault(name, 'must be true or false');
  return text === 'true';
}
