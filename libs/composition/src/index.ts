export { carrierOf, carrierReportsOf, type BoundCarrier } from './carriers';
export { webhookClientOf, webhookUrlProblemOf } from './webhooks';
