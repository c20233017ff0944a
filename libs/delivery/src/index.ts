export { carrierByEnvironment, type Carriers } from './carrier-by-environment';
export { Delivery } from './delivery';
export {
  DeliveryReports,
  type DeliveryReport,
  type ReportOutcome,
  type ReportPorts,
} from './delivery-reports';
export type { DeliveryMetrics, DeliveryOptions, DeliveryStep } from './options';
export type { DeliveryPorts, SenderAddress } from './ports';
