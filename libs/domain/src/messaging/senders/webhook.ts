import type { WebhookRequest } from './commands';
import { SIGNATURE_VERSIONS, type SenderWebhook, type SignatureVersion } from './events';
import type { SenderRejection } from './rejections';
import type { Sender } from './state';

/** The types of events that a webhook is sent, unless it names others. */
export const WEBHOOK_EVENTS = [
  'message.queued',
  'message.sent',
  'message.delivered',
  'message.failed',
] as const;

/** What a request makes of a webhook: the whole of it, or null when there is none. */
export type WebhookChange =
  | { readonly kind: 'changed'; readonly webhook: SenderWebhook | null }
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly rejection: SenderRejection };

type WebhookOf = Pick<Sender, 'webhook' | 'lastSecretVersion'>;

/** A sender's webhook after a request; null takes it away, and what is absent stays. */
export function webhookAfter(
  request: WebhookRequest | null | undefined,
  { webhook, lastSecretVersion }: WebhookOf,
): WebhookChange {
  if (request === undefined) return { kind: 'same' };
  if (request === null) {
    return webhook === null ? { kind: 'same' } : { kind: 'changed', webhook: null };
  }
  if (webhook !== null) return changed(request, webhook);
  const { url } = request;
  if (url === undefined) return { kind: 'refused', rejection: { code: 'no_webhook' } };
  return { kind: 'changed', webhook: newWebhook({ ...request, url }, lastSecretVersion + 1) };
}

/** A secret belongs to one webhook: none is made again, nor is it another webhook's. */
export function newWebhook(
  request: WebhookRequest & { readonly url: string },
  secretVersion: number,
): SenderWebhook {
  const { url, events = WEBHOOK_EVENTS, active = true, signatureVersion = 'v2' } = request;
  return { url, events, active, signatureVersion, secretVersion };
}

function changed(request: WebhookRequest, webhook: SenderWebhook): WebhookChange {
  const { url, events, active, signatureVersion, secretVersion } = { ...webhook, ...request };
  if (isStepSkipped(webhook.signatureVersion, signatureVersion)) {
    const step = { from: webhook.signatureVersion, to: signatureVersion };
    return { kind: 'refused', rejection: { code: 'signature_step', ...step } };
  }
  const after = { url, events, active, signatureVersion, secretVersion };
  return isSame(after, webhook) ? { kind: 'same' } : { kind: 'changed', webhook: after };
}

function isStepSkipped(from: SignatureVersion, to: SignatureVersion): boolean {
  return Math.abs(SIGNATURE_VERSIONS.indexOf(from) - SIGNATURE_VERSIONS.indexOf(to)) > 1;
}

function isSame(one: SenderWebhook, other: SenderWebhook): boolean {
  return (
    one.url === other.url &&
    one.active === other.active &&
    one.signatureVersion === other.signatureVersion &&
    one.events.length === other.events.length &&
    one.events.every((event, place) => event === other.events[place])
  );
}
