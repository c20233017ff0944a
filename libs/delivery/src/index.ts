export { Delivery } from './delivery';
export type { DeliveryMetrics, DeliveryOptions, DeliveryStep } from './options';
export type { DeliveryPorts } from './ports';
export { DeliveryStopped } from './stop-signal';
export { systemTimer, type Timer } from './timer';
