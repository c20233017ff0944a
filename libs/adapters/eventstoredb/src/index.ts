export { EventStoreDbEventLog } from './event-store-db-event-log';
export { EventStoreDbVault, type EventStoreDbVaultOptions } from './event-store-db-vault';
export type { EventStoreDbOptions } from './options';
