export { EventStoreDbEventLog } from './event-store-db-event-log';
export type { EventStoreDbOptions } from './options';
