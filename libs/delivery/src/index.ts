export { carrierByEnvironment, type Carriers } from './carrier-by-environment';
export { CheckpointSaver, type CheckpointOptions } from './checkpoint-saver';
export { Delivery } from './delivery';
export {
  DeliveryReports,
  type DeliveryReport,
  type ReportOutcome,
  type ReportPorts,
} from './delivery-reports';
export type { DeliveryMetrics, DeliveryOptions, DeliveryStep } from './options';
export type { DeliveryPorts, SenderAddress } from './ports';
export { Progress } from './progress';
export { DeliveryStopped, StopSignal } from './stop-signal';
export { systemTimer, type Timer } from './timer';
export { UnderWay } from './under-way';
