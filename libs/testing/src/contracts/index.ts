export * from './checkpoints.contract';
export * from './event-log.contract';
export { collect, newStream, revisionsOf, someEvents } from './event-log-support';
export type { CreateEventLog, EventLogUnderTest } from './event-log-support';
export * from './read-models.contract';
export type { ReadModels, ReadModelsUnderTest } from './read-models-support';
export * from './schedule.contract';
export * from './snapshots.contract';
export * from './vault.contract';
