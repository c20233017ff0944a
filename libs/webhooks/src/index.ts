export { WEBHOOKS_CONSUMER, type WebhookMetrics, type WebhookOptions } from './options';
export type { WebhookPorts, WebhookSecretOf } from './ports';
export { AGE_MS_MAX, RETRY_MS } from './retry-plan';
export { WebhookDelivery } from './webhook-delivery';
export type { WebhookEventType } from './webhook-event';
